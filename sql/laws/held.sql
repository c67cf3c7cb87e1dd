-- What a balance holds is the sum of its active holds.
CREATE OR REPLACE FUNCTION public.law_held(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT coalesce(b.home, h.home), coalesce(b.account_id, h.account_id),
      coalesce(b.asset_type_id, h.asset_type_id),
      jsonb_build_object('held', b.held::text, 'holds', coalesce(h.amount, 0)::text)
    FROM public.balances b
    FULL JOIN (
      SELECT h.home, h.account_id, h.asset_type_id, sum(h.amount) AS amount
      FROM public.holds h WHERE h.status = 'active' GROUP BY 1, 2, 3) AS h
      ON h.home = b.home AND h.account_id = b.account_id AND h.asset_type_id = b.asset_type_id
    WHERE b.held IS DISTINCT FROM coalesce(h.amount, 0);
END $$;
