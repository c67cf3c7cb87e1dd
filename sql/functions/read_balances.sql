-- A player's balances, now or as they were at p_at (inclusive, to the millisecond that callers see), without
-- what had expired, booked or not. Past ones come from entries; what was held then is not kept, so held and
-- available are null. paid, free and the next expiry are of an asset with lots, and not of the past.
-- With an asset code: that asset alone, 0 when the player never held it. Refuses an unknown player or asset.
CREATE OR REPLACE FUNCTION public.read_balances(
  p_home integer, p_user_id text, p_asset_code text DEFAULT NULL, p_at timestamptz DEFAULT NULL)
RETURNS TABLE (
  asset_code text, asset_name text, balance numeric, held numeric, available numeric, paid numeric,
  free numeric, next_expiry_at timestamptz, next_expiry_amount numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
  v_known boolean := p_asset_code IS NULL OR public.find_asset(p_asset_code) IS NOT NULL;
BEGIN
  IF p_at IS NULL THEN
    RETURN QUERY
      SELECT t.code, t.name, v.balance, coalesce(h.live, 0), v.balance - coalesce(h.live, 0), l.paid, l.free,
        l.next_at, l.next_amount
      FROM public.asset_types t
      LEFT JOIN public.balances b ON b.home = p_home AND b.handle = p_user_id AND b.asset_code = t.code
      LEFT JOIN LATERAL (
        SELECT sum(h.amount) AS live FROM public.holds h
        WHERE b.held <> 0 AND h.home = p_home AND h.account_id = v_account.id AND h.asset_type_id = t.id
          AND h.status = 'active' AND h.expires_at > clock_timestamp()) h ON true
      /* on several nodes:
      LEFT JOIN LATERAL public.lot_totals(ROW(b.*)::public.balances) AS l ON t.burn_order IS NOT NULL
      */ -- on one node:
      LEFT JOIN LATERAL public.lot_totals(b) AS l ON t.burn_order IS NOT NULL
      -- end
      CROSS JOIN LATERAL (
        SELECT CASE WHEN b.lots IS NULL OR b.balance < 0 THEN coalesce(b.balance, 0)
          ELSE l.paid + l.free END) AS v(balance)
      WHERE t.code = p_asset_code OR (p_asset_code IS NULL AND b.account_id IS NOT NULL)
      ORDER BY t.id;
  ELSE
    RETURN QUERY
      SELECT t.code, t.name, coalesce(e.running_balance - e.lapsed, 0), NULL::numeric, NULL::numeric,
        NULL::numeric, NULL::numeric, NULL::timestamptz, NULL::numeric
      FROM public.asset_types t
      LEFT JOIN LATERAL (
        SELECT e.running_balance, CASE WHEN t.burn_order IS NULL THEN 0 ELSE (
          /* on several nodes:
          SELECT public.lapsed_at(ROW(b.*)::public.balances, p_at + interval '1 millisecond')
          FROM public.balances b
          */ -- on one node:
          SELECT public.lapsed_at(b, p_at + interval '1 millisecond') FROM public.balances b
          -- end
          WHERE b.home = p_home AND b.handle = p_user_id AND b.asset_code = t.code) END AS lapsed
        FROM public.ledger_entries e
        WHERE e.home = p_home AND e.account_id = v_account.id AND e.account_id > 0 AND e.asset_type_id = t.id
          AND e.created_at < p_at + interval '1 millisecond'
        ORDER BY e.created_at DESC
        LIMIT 1) e ON true
      WHERE t.code = p_asset_code OR (p_asset_code IS NULL AND e.running_balance IS NOT NULL)
      ORDER BY t.id;
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_balances TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_balances IS
  'Nullable: held, available, paid, free, next_expiry_at, next_expiry_amount';
