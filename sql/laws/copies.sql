-- A balance says of its account and asset what they say themselves.
CREATE OR REPLACE FUNCTION public.law_copies(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT b.home, b.account_id, b.asset_type_id, jsonb_build_object(
      'handle', b.handle, 'status', b.status, 'assetCode', b.asset_code, 'scale', b.scale)
    FROM public.balances b
    LEFT JOIN public.user_accounts a ON a.home = b.home AND a.id = b.account_id
    LEFT JOIN public.system_accounts y ON y.id = b.account_id
    LEFT JOIN public.asset_types s ON s.id = b.asset_type_id
    WHERE (b.handle, b.status, b.asset_code, b.scale)
      IS DISTINCT FROM (coalesce(a.handle, y.handle), coalesce(a.status, 'active'), s.code, s.scale);
END $$;
