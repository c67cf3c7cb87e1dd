-- Every lot that lies in a balance or in an active hold, a row for each.
CREATE OR REPLACE FUNCTION public.kept_lots()
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, lot public.lot)
LANGUAGE sql STABLE AS $$
  SELECT b.home, b.account_id, b.asset_type_id, l FROM public.balances b, unnest(b.lots) AS l
  UNION ALL
  SELECT h.home, h.account_id, h.asset_type_id, l FROM public.holds h, unnest(h.lots) AS l
  WHERE h.status = 'active'
$$;
