-- On several nodes: every entry with what the entry before it in its chain left. A chain is the entries of
-- one account in one home and asset, so each node computes its own. A law reads this in place of
-- linked_entries, whose rows would all come to one node.
CREATE OR REPLACE VIEW public.entry_chains AS
SELECT e.home, e.account_id, e.asset_type_id, e.transaction_id, e.entry_type, e.seq, e.running_balance,
  e.created_at, CASE WHEN e.entry_type = 'credit' THEN e.amount ELSE -e.amount END AS delta,
  coalesce(lag(e.seq) OVER chain, 0) AS previous_seq,
  coalesce(lag(e.running_balance) OVER chain, 0) AS previous_balance,
  coalesce(lag(e.created_at) OVER chain, '-infinity') AS previous_time,
  lead(e.seq) OVER chain IS NULL AS is_last
FROM public.ledger_entries e
WINDOW chain AS (PARTITION BY e.home, e.account_id, e.asset_type_id ORDER BY e.seq);
REVOKE ALL ON public.entry_chains FROM wallet_app;
