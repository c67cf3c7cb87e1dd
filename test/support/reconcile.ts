import type { TestWallet } from './wallet';

/**
 * Everything that must hold of a ledger whatever happened to it: conserved, two entries of one asset per transaction, cache equal to
 * entries, running balances that chain without a gap in time that only rises, nobody overdrawn, one key per posting.
 * Returns what does not hold, named.
 */
export async function discrepancies(wallet: TestWallet): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, text] of Object.entries(LAWS)) {
    const rows = await wallet.sql(text);
    if (rows.length > 0) {
      found[name] = rows.slice(0, 5);
    }
  }
  return found;
}

const LAWS: Record<string, string> = {
  'per asset the balances sum to zero': 'SELECT asset_type_id, sum(balance) FROM balances GROUP BY 1 HAVING sum(balance) <> 0',
  'each transaction has one debit and one credit of its amount and asset': `
    SELECT t.id FROM transactions t LEFT JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount = t.amount AND e.asset_type_id = t.asset_type_id
      AND e.created_at = t.created_at
    GROUP BY t.id HAVING count(*) FILTER (WHERE e.entry_type = 'debit') <> 1 OR count(*) FILTER (WHERE e.entry_type = 'credit') <> 1`,
  'each entry has its transaction and its balance row': `
    SELECT e.transaction_id FROM ledger_entries e
    LEFT JOIN transactions t ON t.id = e.transaction_id
    LEFT JOIN balances b ON (b.account_id, b.asset_type_id, b.stripe) = (e.account_id, e.asset_type_id, e.stripe)
    WHERE t.id IS NULL OR b.account_id IS NULL`,
  'the cache equals the entries': `
    SELECT b.* FROM balances b LEFT JOIN ledger_entries e USING (account_id, asset_type_id, stripe)
    GROUP BY b.account_id, b.asset_type_id, b.stripe
    HAVING b.balance <> coalesce(sum(CASE e.entry_type WHEN 'credit' THEN e.amount ELSE -e.amount END), 0) OR b.entry_count <> count(e.seq)`,
  'running balances chain without a gap': `
    SELECT * FROM (
      SELECT transaction_id, running_balance, seq,
        lag(running_balance, 1, 0) OVER w + CASE entry_type WHEN 'credit' THEN amount ELSE -amount END AS expected,
        row_number() OVER w AS position
      FROM ledger_entries WINDOW w AS (PARTITION BY account_id, asset_type_id, stripe ORDER BY seq)) chain
    WHERE running_balance <> expected OR seq <> position`,
  "a user's times only rise": `
    SELECT * FROM (
      SELECT transaction_id, created_at, lag(created_at) OVER (PARTITION BY account_id, asset_type_id ORDER BY seq) AS before
      FROM ledger_entries WHERE stripe = 0) chain
    WHERE created_at <= before`,
  'nobody is overdrawn': 'SELECT * FROM balances WHERE stripe = 0 AND balance < held',
  'each transaction has claimed its key': `
    SELECT t.id FROM transactions t LEFT JOIN idempotency_keys k ON k.key = t.idempotency_key
    WHERE t.group_id IS NULL AND k.result_id IS DISTINCT FROM t.id`,
  'each key has posted': 'SELECT k.key FROM idempotency_keys k LEFT JOIN transactions t ON t.id = k.result_id WHERE t.id IS NULL',
};
