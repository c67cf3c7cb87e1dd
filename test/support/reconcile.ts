import type { TestWallet } from './wallet';

/**
 * Everything that must hold of a ledger whatever happened to it: conserved, cache equal to entries, running
 * balances that
 * chain without a gap in time that only rises, nobody overdrawn. (Two entries of one asset and one key per
 * transaction: by construction.) Returns what does not hold, named.
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
  'per home and asset the balances sum to zero':
    'SELECT home, asset_type_id, sum(balance) FROM balances GROUP BY 1, 2 HAVING sum(balance) <> 0',
  'each entry has its balance row': `
    SELECT e.transaction_id FROM ledger_entries e
    LEFT JOIN balances b ON (b.home, b.account_id, b.asset_type_id) = (e.home, e.account_id, e.asset_type_id)
    WHERE b.account_id IS NULL`,
  "everything of a player lies in the player's home": `
    SELECT b.handle FROM balances b
    WHERE b.account_id > 0 AND b.home <> home_of(b.handle)
    UNION ALL SELECT j.id::text FROM journal j WHERE right(j.id::text, 4) <> lpad(to_hex(j.home), 4, '0')
    UNION ALL SELECT a.handle FROM user_accounts a
    WHERE a.home <> home_of(a.handle)`,
  'the cache equals the entries': `
    SELECT b.* FROM balances b LEFT JOIN ledger_entries e USING (home, account_id, asset_type_id)
    GROUP BY b.home, b.handle, b.asset_code
    HAVING b.balance <> coalesce(sum(CASE e.entry_type WHEN 'credit' THEN e.amount ELSE -e.amount END), 0)
      OR b.entry_count <> count(e.seq)`,
  'running balances chain without a gap': `
    SELECT * FROM (
      SELECT transaction_id, running_balance, seq,
        lag(running_balance, 1, 0) OVER w
          + CASE entry_type WHEN 'credit' THEN amount ELSE -amount END AS expected,
        row_number() OVER w AS position
      FROM ledger_entries WINDOW w AS (PARTITION BY home, account_id, asset_type_id ORDER BY seq)) chain
    WHERE running_balance <> expected OR seq <> position`,
  'the times of an account only rise': `
    SELECT * FROM (
      SELECT transaction_id, created_at,
        lag(created_at) OVER (PARTITION BY home, account_id, asset_type_id ORDER BY seq) AS before
      FROM ledger_entries) chain
    WHERE created_at <= before`,
  'what is held is the sum of the active holds': `
    SELECT b.* FROM balances b
    LEFT JOIN holds h
      ON h.home = b.home AND h.account_id = b.account_id AND h.asset_type_id = b.asset_type_id
        AND h.status = 'active'
    GROUP BY b.home, b.handle, b.asset_code HAVING b.held <> coalesce(sum(h.amount), 0)`,
  'a balance says of its account and asset what is so': `
    SELECT b.* FROM balances b
    LEFT JOIN user_accounts a ON a.home = b.home AND a.id = b.account_id
    LEFT JOIN system_accounts y ON y.id = b.account_id
    LEFT JOIN asset_types s ON s.id = b.asset_type_id
    WHERE (b.handle, b.status, b.asset_code, b.scale)
      IS DISTINCT FROM (coalesce(a.handle, y.handle), coalesce(a.status, 'active'), s.code, s.scale)`,
  'what leaves a home for another arrives there': `
    SELECT s.claim FROM (
      SELECT j.home, claim_of(id_of(0, j.idempotency_key || chr(10) || 'to')) AS claim, j.group_id, j.amount,
        j.asset_type_id
      FROM journal j LEFT JOIN erased_texts t ON t.home = j.home AND t.transaction_id = j.id
      WHERE j.kind = 'TRANSFER' AND j.credit_account_id = -7 AND t.home IS NULL
      UNION ALL
      SELECT j.home, claim_of(j.id), j.group_id, -j.amount, j.asset_type_id
      FROM journal j LEFT JOIN erased_texts t ON t.home = j.home AND t.transaction_id = j.id
      WHERE j.kind = 'TRANSFER' AND j.debit_account_id = -7 AND t.home IS NULL) AS s
    GROUP BY s.claim, s.group_id, s.asset_type_id HAVING sum(s.amount) <> 0 OR count(*) <> 2`,
  'what is on its way between homes is nothing': `
    SELECT asset_code FROM balances WHERE account_id = -7 GROUP BY asset_code HAVING sum(balance) <> 0`,
  'refunds stay within their purchase': `
    SELECT o.id FROM journal o JOIN journal r ON r.home = o.home AND r.related_id = o.id AND r.kind = 'REFUND'
    GROUP BY o.id, o.amount HAVING sum(r.amount) > o.amount`,
  'reversals stay within their credit': `
    SELECT o.id FROM journal o
    JOIN journal r ON r.home = o.home AND r.related_id = o.id AND r.kind = 'REVERSAL'
    GROUP BY o.id, o.amount HAVING sum(r.amount) > o.amount`,
  'lots and what holds reserve of them add up to the balance': `
    SELECT b.handle, b.balance, b.lots FROM balances b JOIN asset_types s ON s.id = b.asset_type_id
    WHERE s.burn_order IS NOT NULL AND b.account_id > 0 AND greatest(b.balance, 0) <> coalesce((
      SELECT sum(l.amount) FROM unnest(b.lots) AS l), 0) + coalesce((
      SELECT sum(l.amount) FROM holds h, unnest(h.lots) AS l
      WHERE h.home = b.home AND h.account_id = b.account_id AND h.asset_type_id = b.asset_type_id
        AND h.status = 'active'), 0)`,
  'the laws of lots hold': `
    SELECT 'lots' AS law, about FROM law_lots(NULL) UNION ALL
    SELECT 'lot_history', about FROM law_lot_history(NULL) UNION ALL
    SELECT 'lot_pieces', about FROM law_lot_pieces(NULL) UNION ALL
    SELECT 'lot_refunds', about FROM law_lot_refunds(NULL)`,
  'a captured hold has its one purchase, of at most the hold': `
    SELECT h.id FROM holds h
    LEFT JOIN journal j ON j.home = h.home AND j.related_id = h.id AND j.kind = 'PURCHASE'
    WHERE h.status = 'captured' GROUP BY h.home, h.id
    HAVING count(j.id) <> 1 OR max(j.amount) > h.amount OR max(j.id::text) <> h.transaction_id::text`,
  'nobody is overdrawn, but by a reversal or an adjustment': `
    SELECT * FROM balances b WHERE account_id > 0 AND balance < held AND NOT EXISTS (
      SELECT FROM journal j WHERE j.kind IN ('REVERSAL', 'ADJUSTMENT') AND j.home = b.home
        AND j.debit_account_id = b.account_id AND j.asset_type_id = b.asset_type_id)`,
};
