-- Makes the cached balances anew from the entries and the holds, while postings wait: those that are wrong,
-- one by one. For the owner alone. Returns how many rows were wrong.
CREATE OR REPLACE FUNCTION public.rebuild_balances() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_wrong bigint := 0;
BEGIN
  LOCK TABLE public.balances IN EXCLUSIVE MODE;
  FOR v IN
    SELECT e.home, e.account_id, e.asset_type_id, coalesce(a.handle, y.handle) AS handle,
      coalesce(a.status, 'active') AS status, s.code AS asset_code, s.scale,
      round(coalesce(t.balance, 0), s.scale) AS balance, coalesce(h.amount, 0) AS held,
      coalesce(t.entry_count, 0) AS entry_count, coalesce(t.last_entry_at, '-infinity') AS last_entry_at
    FROM (
      SELECT l.home, l.account_id, l.asset_type_id FROM public.ledger_entries l
      UNION SELECT h.home, h.account_id, h.asset_type_id FROM public.holds h WHERE h.status = 'active'
      UNION SELECT b.home, b.account_id, b.asset_type_id FROM public.balances b) AS e
    LEFT JOIN (
      SELECT l.home, l.account_id, l.asset_type_id,
        sum(CASE WHEN l.entry_type = 'credit' THEN l.amount ELSE -l.amount END) AS balance,
        count(*) AS entry_count, max(l.created_at) AS last_entry_at
      FROM public.ledger_entries l GROUP BY 1, 2, 3) AS t
      ON t.home = e.home AND t.account_id = e.account_id AND t.asset_type_id = e.asset_type_id
    LEFT JOIN (
      SELECT h.home, h.account_id, h.asset_type_id, sum(h.amount) AS amount
      FROM public.holds h WHERE h.status = 'active' GROUP BY 1, 2, 3) AS h
      ON h.home = e.home AND h.account_id = e.account_id AND h.asset_type_id = e.asset_type_id
    LEFT JOIN public.balances b
      ON b.home = e.home AND b.account_id = e.account_id AND b.asset_type_id = e.asset_type_id
    LEFT JOIN public.user_accounts a ON a.home = e.home AND a.id = e.account_id
    LEFT JOIN public.system_accounts y ON y.id = e.account_id
    JOIN public.asset_types s ON s.id = e.asset_type_id
    WHERE (b.balance, b.held, b.entry_count, b.last_entry_at, b.status, b.scale)
      IS DISTINCT FROM (round(coalesce(t.balance, 0), s.scale), coalesce(h.amount, 0),
        coalesce(t.entry_count, 0), coalesce(t.last_entry_at, '-infinity'), coalesce(a.status, 'active'),
        s.scale)
  LOOP
    INSERT INTO public.balances AS b (
      home, account_id, asset_type_id, balance, held, entry_count, last_entry_at, handle, asset_code, scale,
      status)
    VALUES (
      v.home, v.account_id, v.asset_type_id, v.balance, v.held, v.entry_count, v.last_entry_at, v.handle,
      v.asset_code, v.scale, v.status)
    ON CONFLICT (home, handle, asset_code) DO UPDATE
      SET balance = excluded.balance, held = excluded.held, entry_count = excluded.entry_count,
        last_entry_at = excluded.last_entry_at, status = excluded.status, scale = excluded.scale,
        account_id = excluded.account_id, asset_type_id = excluded.asset_type_id;
    v_wrong := v_wrong + 1;
  END LOOP;
  FOR v IN SELECT r.*, public.next_expiry(r.lots) AS next_expiry FROM public.rebuilt_lots() AS r LOOP
    UPDATE public.balances b SET lots = v.lots, burn_order = v.burn_order, next_expiry = v.next_expiry
    WHERE b.home = v.home AND b.account_id = v.account_id AND b.asset_type_id = v.asset_type_id;
    v_wrong := v_wrong + 1;
  END LOOP;
  RETURN v_wrong;
END $$;
