import { Client } from 'pg';
import { homeOf } from '../../lib/ledger/home';
import { onSeveralNodes } from './citus';
import { nodeOf } from './nodes';
import type { TestWallet } from './wallet';

/**
 * How many rows of a table a query looks at, which leaves nothing behind; the session's own count runs on
 * from query to query. On several nodes the query runs on the node that has the rows of `userId`.
 */
export async function rowsRead(
  wallet: TestWallet,
  table: string,
  query: string,
  userId = 'user_001',
): Promise<number> {
  const session = new Client(await nodeOf(wallet, homeOf(userId)));
  await session.connect();
  try {
    const counted = async (): Promise<number> => {
      const { rows } = await session.query(
        `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables
         WHERE relname ~ $1`,
        [`^${table}${onSeveralNodes ? '_\\d+' : ''}$`],
      );
      return rows[0].read;
    };
    await session.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    const before = await counted();
    await session.query(query);
    return (await counted()) - before;
  } finally {
    await session.end();
  }
}
