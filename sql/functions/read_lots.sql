-- A player's live lots, of one asset or all, in the order in which they burn. held: what live holds reserve
-- of it, within its amount. Refuses an unknown player or asset.
CREATE OR REPLACE FUNCTION public.read_lots(p_home integer, p_user_id text, p_asset_code text DEFAULT NULL)
RETURNS TABLE (
  asset_code text, lot_id uuid, origin public.lot_origin, source text, priority integer,
  expires_at timestamptz, amount numeric, held numeric, cost numeric, currency text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
  v_known boolean := p_asset_code IS NULL OR public.find_asset(p_asset_code) IS NOT NULL;
BEGIN
  RETURN QUERY
    SELECT b.asset_code, (l.lot).id, (l.lot).origin, (l.lot).source, (l.lot).priority::integer,
      (l.lot).expires_at, l.amount, l.held, l.cost, (l.lot).currency
    FROM public.balances b
    JOIN public.asset_types s ON s.id = b.asset_type_id
    CROSS JOIN LATERAL (
      SELECT (array_agg(v.lot ORDER BY v.reserved, (v.lot).made_at))[1] AS lot, sum((v.lot).amount) AS amount,
        coalesce(sum((v.lot).amount) FILTER (WHERE v.reserved), 0) AS held, sum((v.lot).cost) AS cost
      FROM public.live_lots(ROW(b.*)::public.balances, clock_timestamp()) AS v
      GROUP BY (v.lot).id) AS l
    WHERE b.home = p_home AND b.handle = p_user_id AND b.lots IS NOT NULL
      AND (p_asset_code IS NULL OR b.asset_code = p_asset_code)
    ORDER BY b.asset_type_id, public.burn_key(s.burn_order, l.lot);
END $$;
GRANT EXECUTE ON FUNCTION public.read_lots TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_lots IS 'Nullable: source, expires_at, cost, currency';
