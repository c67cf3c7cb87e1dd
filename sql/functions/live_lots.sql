-- The lots that a player has at a time: what can be spent, and what live holds reserve (reserved). What has
-- expired is left out, booked or not.
CREATE OR REPLACE FUNCTION public.live_lots(p_balance public.balances, p_at timestamptz)
RETURNS TABLE (lot public.lot, reserved boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT l, false FROM unnest(p_balance.lots) AS l WHERE (l.expires_at <= p_at) IS NOT TRUE
    UNION ALL
    SELECT l, h.expires_at > p_at FROM public.holds h, unnest(h.lots) AS l
    WHERE p_balance.held > 0 AND h.home = p_balance.home AND h.account_id = p_balance.account_id
      AND h.asset_type_id = p_balance.asset_type_id AND h.status = 'active'
      AND (h.expires_at > p_at OR (l.expires_at <= p_at) IS NOT TRUE);
END $$;
