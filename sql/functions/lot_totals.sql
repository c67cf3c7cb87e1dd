-- What a player has of an asset with lots now: paid and free, and what expires next, of what is not reserved.
-- p_balance may be null.
CREATE OR REPLACE FUNCTION public.lot_totals(
  p_balance public.balances, OUT paid numeric, OUT free numeric, OUT next_at timestamptz,
  OUT next_amount numeric)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT coalesce(sum((v.lot).amount) FILTER (WHERE (v.lot).origin = 'paid'), 0),
    coalesce(sum((v.lot).amount) FILTER (WHERE (v.lot).origin = 'free'), 0),
    min((v.lot).expires_at) FILTER (WHERE NOT v.reserved)
  INTO paid, free, next_at
  FROM public.live_lots(p_balance, clock_timestamp()) AS v;
  IF next_at IS NOT NULL THEN
    next_amount := (
      SELECT sum((v.lot).amount) FROM public.live_lots(p_balance, clock_timestamp()) AS v
      WHERE NOT v.reserved AND (v.lot).expires_at = next_at);
  END IF;
END $$;
