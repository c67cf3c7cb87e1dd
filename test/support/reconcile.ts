import type { TestWallet } from './wallet';

/**
 * Everything that must hold of a ledger whatever happened to it: conserved, cache equal to entries, running balances that
 * chain without a gap in time that only rises, nobody overdrawn. (Two entries of one asset and one key per transaction: by construction.)
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
  'each entry has its balance row': `
    SELECT e.transaction_id FROM ledger_entries e
    LEFT JOIN balances b ON (b.account_id, b.asset_type_id, b.stripe) = (e.account_id, e.asset_type_id, e.stripe)
    WHERE b.account_id IS NULL`,
  'users have one balance, system accounts stripes': `
    SELECT e.transaction_id FROM ledger_entries e JOIN accounts a ON a.id = e.account_id WHERE (a.type = 'user') <> (e.stripe = 0)`,
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
  'what is held is the sum of the active holds': `
    SELECT b.* FROM balances b LEFT JOIN holds h ON h.account_id = b.account_id AND h.asset_type_id = b.asset_type_id AND h.status = 'active' AND b.stripe = 0
    GROUP BY b.account_id, b.asset_type_id, b.stripe HAVING b.held <> coalesce(sum(h.amount), 0)`,
  'a balance says of its account and asset what is so': `
    SELECT b.* FROM balances b LEFT JOIN accounts a ON a.id = b.account_id LEFT JOIN asset_types s ON s.id = b.asset_type_id
    WHERE (b.handle, b.status, b.asset_code, b.scale) IS DISTINCT FROM (a.handle, a.status, s.code, s.scale)`,
  'refunds stay within their purchase': `
    SELECT o.id FROM journal o JOIN journal r ON r.related_id = o.id AND r.type = 'REFUND' GROUP BY o.id HAVING sum(r.amount) > o.amount`,
  'a transaction is reversed once': "SELECT related_id FROM journal WHERE type = 'REVERSAL' GROUP BY 1 HAVING count(*) > 1",
  'a captured hold has its one purchase, of at most the hold': `
    SELECT h.id FROM holds h LEFT JOIN journal j ON j.related_id = h.id WHERE h.status = 'captured'
    GROUP BY h.id HAVING count(j.id) <> 1 OR max(j.amount) > h.amount OR max(j.id::text) <> h.transaction_id::text`,
  'nobody is overdrawn, but by a reversal': `
    SELECT * FROM balances b WHERE stripe = 0 AND balance < held AND NOT EXISTS (
      SELECT FROM journal j WHERE j.type = 'REVERSAL' AND j.debit_account_id = b.account_id AND j.asset_type_id = b.asset_type_id)`,
};
