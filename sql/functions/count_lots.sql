-- How many live lots a player has, with these in the balance and those that active holds reserve.
CREATE OR REPLACE FUNCTION public.count_lots(p_balance public.balances, p_lots public.lot[]) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_balance.held = 0 THEN
    RETURN cardinality(p_lots);
  END IF;
  RETURN (
    SELECT count(DISTINCT l.id) FROM (
      SELECT l.id FROM unnest(p_lots) AS l
      UNION ALL
      SELECT l.id FROM public.holds h, unnest(h.lots) AS l
      WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
        AND h.asset_type_id = p_balance.asset_type_id AND h.status = 'active') AS l);
END $$;
