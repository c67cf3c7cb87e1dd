-- A page of a player's holds, newest first. p_before_at and p_before_id: the last row of the page before.
-- p_status: as they stand now. Refuses an unknown player or asset.
CREATE OR REPLACE FUNCTION public.read_holds(
  p_home integer, p_user_id text, p_limit integer, p_status text DEFAULT NULL, p_asset_code text DEFAULT NULL,
  p_before_at timestamptz DEFAULT NULL, p_before_id uuid DEFAULT NULL)
RETURNS TABLE (data json, hold_id uuid, cursor_micros text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
  v_asset_id integer := CASE WHEN p_asset_code IS NOT NULL THEN (public.find_asset(p_asset_code)).id END;
BEGIN
  RETURN QUERY
    SELECT public.hold_data(ROW(h.*)::public.holds, s.status), h.id,
      (extract(epoch FROM h.created_at) * 1000000)::bigint::text
    FROM public.holds h
    CROSS JOIN LATERAL public.hold_status_now(ROW(h.*)::public.holds) AS s(status)
    WHERE h.home = p_home AND h.account_id = v_account.id
      AND (v_asset_id IS NULL OR h.asset_type_id = v_asset_id)
      AND (h.created_at, h.id) < (coalesce(p_before_at, 'infinity'),
        coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      AND (p_status IS NULL OR s.status::text = p_status)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT p_limit;
END $$;
GRANT EXECUTE ON FUNCTION public.read_holds TO wallet_reader, wallet_app;
