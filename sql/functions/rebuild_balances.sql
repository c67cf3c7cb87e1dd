-- Makes the cached balances anew from the entries and the holds, while postings wait. For the owner alone.
-- Returns how many rows were wrong.
CREATE OR REPLACE FUNCTION public.rebuild_balances() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_wrong bigint;
  v_wrong_lots bigint;
BEGIN
  LOCK TABLE public.balances IN EXCLUSIVE MODE;
  WITH truth AS (
    SELECT e.home, e.account_id, e.asset_type_id,
      sum(CASE WHEN e.entry_type = 'credit' THEN e.amount ELSE -e.amount END) AS balance,
      count(*) AS entry_count, max(e.created_at) AS last_entry_at
    FROM public.ledger_entries e GROUP BY 1, 2, 3
  ), held AS (
    SELECT h.home, h.account_id, h.asset_type_id, sum(h.amount) AS amount
    FROM public.holds h WHERE h.status = 'active' GROUP BY 1, 2, 3
  ), every AS (
    SELECT home, account_id, asset_type_id FROM truth
    UNION SELECT home, account_id, asset_type_id FROM held
    UNION SELECT home, account_id, asset_type_id FROM public.balances
  ), rebuilt AS (
    INSERT INTO public.balances AS b (
      home, account_id, asset_type_id, balance, held, entry_count, last_entry_at, handle, asset_code, scale,
      status)
    SELECT v.home, v.account_id, v.asset_type_id, round(coalesce(t.balance, 0), s.scale),
      coalesce(h.amount, 0),
      coalesce(t.entry_count, 0), coalesce(t.last_entry_at, '-infinity'), coalesce(a.handle, y.handle),
      s.code, s.scale,
      coalesce(a.status, 'active')
    FROM every v
    LEFT JOIN truth t USING (home, account_id, asset_type_id)
    LEFT JOIN held h USING (home, account_id, asset_type_id)
    LEFT JOIN public.user_accounts a ON a.home = v.home AND a.id = v.account_id
    LEFT JOIN public.system_accounts y ON y.id = v.account_id
    JOIN public.asset_types s ON s.id = v.asset_type_id
    ON CONFLICT (home, handle, asset_code) DO UPDATE
      SET balance = excluded.balance, held = excluded.held, entry_count = excluded.entry_count,
        last_entry_at = excluded.last_entry_at, status = excluded.status, scale = excluded.scale,
        account_id = excluded.account_id, asset_type_id = excluded.asset_type_id
      WHERE (b.balance, b.held, b.entry_count, b.last_entry_at, b.status, b.scale, b.account_id,
        b.asset_type_id)
        IS DISTINCT FROM (excluded.balance, excluded.held, excluded.entry_count, excluded.last_entry_at,
          excluded.status,
          excluded.scale, excluded.account_id, excluded.asset_type_id)
    RETURNING 1
  )
  SELECT count(*) INTO v_wrong FROM rebuilt;
  UPDATE public.balances b
  SET lots = r.lots, burn_order = r.burn_order, next_expiry = public.next_expiry(r.lots)
  FROM public.rebuilt_lots() AS r
  WHERE b.home = r.home AND b.account_id = r.account_id AND b.asset_type_id = r.asset_type_id;
  GET DIAGNOSTICS v_wrong_lots = ROW_COUNT;
  RETURN v_wrong + v_wrong_lots;
END $$;
