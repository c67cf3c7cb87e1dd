import type { TestWallet } from './wallet';

/**
 * How many rows of a table a query looks at, which leaves nothing behind; the session's own count runs on
 * from query to query.
 */
export async function rowsRead(wallet: TestWallet, table: string, query: string): Promise<number> {
  const counted = async (): Promise<number> => {
    const [counts] = await wallet.sql(
      'SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables WHERE relname = $1',
      [table],
    );
    return counts.read;
  };
  await wallet.sql('BEGIN ISOLATION LEVEL SERIALIZABLE');
  const before = await counted();
  await wallet.sql(query);
  const read = (await counted()) - before;
  await wallet.sql('ROLLBACK');
  return read;
}
