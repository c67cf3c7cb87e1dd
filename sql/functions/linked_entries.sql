-- The entries written since p_after (null: all), each with what the entry before it in its chain left. A
-- chain is the entries of one account in one home and asset.
-- An index finds the entry before the first one since p_after, on players' accounts. No index finds it for a
-- slice, so there it is taken as right, and the check of a slice begins with its second entry.
CREATE OR REPLACE FUNCTION public.linked_entries(p_after xid8)
RETURNS TABLE (
  home integer, account_id bigint, asset_type_id integer, transaction_id uuid, entry_type public.entry_type,
  seq bigint,
  delta numeric, running_balance numeric, created_at timestamptz, is_last boolean,
  previous_seq bigint, previous_balance numeric, previous_time timestamptz)
LANGUAGE sql STABLE AS $$
  WITH entry AS (
    SELECT e.*, CASE WHEN e.entry_type = 'credit' THEN e.amount ELSE -e.amount END AS delta,
      lag(e.seq) OVER chain AS seq_before, lag(e.running_balance) OVER chain AS balance_before,
      lag(e.created_at) OVER chain AS time_before, lead(e.seq) OVER chain IS NULL AS is_last
    FROM public.ledger_entries e
    WHERE e.xact >= coalesce(p_after, '0')
    WINDOW chain AS (PARTITION BY e.home, e.account_id, e.asset_type_id ORDER BY e.seq))
  SELECT e.home, e.account_id, e.asset_type_id, e.transaction_id, e.entry_type, e.seq, e.delta,
    e.running_balance,
    e.created_at, e.is_last,
    CASE WHEN e.seq_before IS NULL AND before.seq IS NULL AND p_after IS NOT NULL AND e.account_id < 0
      THEN e.seq - 1
      ELSE coalesce(e.seq_before, before.seq, 0) END,
    CASE WHEN e.seq_before IS NULL AND before.seq IS NULL AND p_after IS NOT NULL AND e.account_id < 0
      THEN e.running_balance - e.delta ELSE coalesce(e.balance_before, before.running_balance, 0) END,
    coalesce(e.time_before, before.created_at, '-infinity')
  FROM entry e
  LEFT JOIN LATERAL (
    SELECT o.seq, o.running_balance, o.created_at FROM public.ledger_entries o
    WHERE p_after IS NOT NULL AND e.seq_before IS NULL AND e.account_id > 0 AND o.account_id > 0
      AND o.account_id = e.account_id AND o.asset_type_id = e.asset_type_id AND o.created_at < e.created_at
    ORDER BY o.created_at DESC LIMIT 1) AS before ON true
$$;
