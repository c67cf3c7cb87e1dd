import type { AdminConnection } from '../../lib/db/migrate';
import { onSeveralNodes } from './citus';
import type { TestWallet } from './wallet';

/** What PostgreSQL says of a row that somebody else holds; on several nodes, by the name of the shard. */
export function lockRefusal(table: string): { code: string; message: unknown } {
  const name = onSeveralNodes ? `${table}_\\d+` : table;
  const message = new RegExp(`^could not obtain lock on row in relation "${name}"$`);
  return { code: '55P03', message: expect.stringMatching(message) };
}

/** The node that has a home's rows, as the administrator; on one node, that one. */
export async function nodeOf({ admin, sql }: TestWallet, home: number): Promise<AdminConnection> {
  if (!onSeveralNodes) {
    return admin;
  }
  const [place] = await sql(
    `SELECT nodename AS host, nodeport AS port FROM citus_shards
     WHERE shardid = get_shard_id_for_distribution_column('public.balances', $1::integer)`,
    [home],
  );
  return { ...admin, ...place };
}
