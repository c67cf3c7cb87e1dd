-- The lots of a balance, and those that its holds reserve, add up to it; below zero there are none. A balance
-- has lots when it is a player's, of an asset with lots. No two are alike, none is empty, they lie in burn
-- order, and next_expiry is the first expiry of those in the balance.
CREATE OR REPLACE FUNCTION public.law_lots(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT b.home, b.account_id, b.asset_type_id, jsonb_build_object(
      'balance', b.balance::text, 'lots', coalesce(k.amount, 0)::text, 'nextExpiry', b.next_expiry)
    FROM public.balances b
    LEFT JOIN public.asset_types s ON s.id = b.asset_type_id
    LEFT JOIN (
      SELECT k.home, k.account_id, k.asset_type_id, sum((k.lot).amount) AS amount,
        bool_and((k.lot).amount > 0 AND coalesce((k.lot).cost, 0) >= 0) AS filled
      FROM public.kept_lots k GROUP BY 1, 2, 3) AS k
      ON k.home = b.home AND k.account_id = b.account_id AND k.asset_type_id = b.asset_type_id
    WHERE (b.lots IS NOT NULL) <> (b.account_id > 0 AND s.burn_order IS NOT NULL)
      OR (b.lots IS NULL) <> (b.burn_order IS NULL)
      OR b.lots IS NOT NULL AND coalesce(k.amount, 0) <> greatest(b.balance, 0)
      OR k.filled = false
      OR b.next_expiry IS DISTINCT FROM public.next_expiry(b.lots)
      OR (SELECT count(DISTINCT l.id) <> count(*) FROM unnest(b.lots) AS l)
      OR NOT public.in_burn_order(b.lots, b.burn_order);
END $$;
