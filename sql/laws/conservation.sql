-- The books of each home sum to zero in each asset.
CREATE OR REPLACE FUNCTION public.law_conservation(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT b.home, NULL::bigint, b.asset_type_id,
      jsonb_build_object('home', b.home, 'sum', sum(b.balance)::text)
    FROM public.balances b GROUP BY b.home, b.asset_type_id HAVING sum(b.balance) <> 0;
END $$;
