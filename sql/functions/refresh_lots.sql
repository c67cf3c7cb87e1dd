-- Brings a locked balance's lots up to date: releases its expired holds, books what has expired at p_at, and
-- puts the lots into the asset's burn order where that was changed. Whether it had to do anything.
CREATE OR REPLACE FUNCTION public.refresh_lots(p_balance public.balances, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_order public.burn_order;
BEGIN
  IF p_balance.lots IS NULL THEN
    RETURN false;
  ELSIF p_balance.held > 0 AND public.release_expired_holds(p_balance) > 0 THEN
    RETURN true;
  ELSIF p_balance.next_expiry <= p_at THEN
    PERFORM public.expire_lots(p_balance, p_at);
    RETURN true;
  END IF;
  v_order := (SELECT s.burn_order FROM public.asset_types s WHERE s.id = p_balance.asset_type_id);
  IF v_order = p_balance.burn_order THEN
    RETURN false;
  END IF;
  UPDATE public.balances b SET burn_order = v_order, lots = public.put_lots('{}', p_balance.lots, v_order)
  WHERE b.home = p_balance.home AND b.handle = p_balance.handle AND b.asset_code = p_balance.asset_code;
  RETURN true;
END $$;
