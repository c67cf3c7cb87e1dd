-- Takes an amount off what a balance holds, and gives the lots that were reserved for it back to the player.
CREATE OR REPLACE FUNCTION public.free_held(p_balance public.balances, p_amount numeric, p_lots public.lot[])
  RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_lots public.lot[];
BEGIN
  IF p_balance.lots IS NOT NULL THEN
    v_lots := public.put_lots(p_balance.lots, coalesce(p_lots, '{}'), p_balance.burn_order);
  END IF;
  UPDATE public.balances b
  SET held = b.held - p_amount, lots = v_lots, next_expiry = public.next_expiry(v_lots)
  WHERE b.home = p_balance.home AND b.handle = p_balance.handle AND b.asset_code = p_balance.asset_code;
END $$;
