-- Makes the cached balances anew from the entries and the holds, while postings wait. For the owner alone. Returns how many rows were wrong.
CREATE OR REPLACE FUNCTION public.rebuild_balances() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_wrong bigint;
BEGIN
  LOCK TABLE public.balances IN EXCLUSIVE MODE;
  WITH truth AS (
    SELECT e.account_id, e.asset_type_id, e.stripe, sum(CASE e.entry_type WHEN 'credit' THEN e.amount ELSE -e.amount END) AS balance,
      count(*) AS entry_count, max(e.created_at) AS last_entry_at
    FROM public.ledger_entries e GROUP BY 1, 2, 3
  ), every AS (
    SELECT account_id, asset_type_id, stripe FROM truth UNION SELECT account_id, asset_type_id, stripe FROM public.balances
  ), rebuilt AS (
    INSERT INTO public.balances AS b (account_id, asset_type_id, stripe, balance, held, entry_count, last_entry_at)
    SELECT v.account_id, v.asset_type_id, v.stripe, coalesce(t.balance, 0), CASE v.stripe WHEN 0 THEN coalesce(h.amount, 0) ELSE 0 END,
      coalesce(t.entry_count, 0), coalesce(t.last_entry_at, '-infinity')
    FROM every v
    LEFT JOIN truth t USING (account_id, asset_type_id, stripe)
    LEFT JOIN (
      SELECT h.account_id, h.asset_type_id, sum(h.amount) AS amount FROM public.holds h WHERE h.status = 'active' GROUP BY 1, 2) AS h
      USING (account_id, asset_type_id)
    ON CONFLICT (account_id, asset_type_id, stripe) DO UPDATE
      SET balance = excluded.balance, held = excluded.held, entry_count = excluded.entry_count, last_entry_at = excluded.last_entry_at,
        handle = excluded.handle, status = excluded.status, asset_code = excluded.asset_code, scale = excluded.scale
      WHERE (b.balance, b.held, b.entry_count, b.last_entry_at, b.handle, b.status, b.asset_code, b.scale) IS DISTINCT FROM
        (excluded.balance, excluded.held, excluded.entry_count, excluded.last_entry_at, excluded.handle, excluded.status, excluded.asset_code, excluded.scale)
    RETURNING 1
  )
  SELECT count(*) INTO v_wrong FROM rebuilt;
  RETURN v_wrong;
END $$;
