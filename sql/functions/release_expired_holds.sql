-- Marks a balance's expired holds, takes their sum off what it holds, and returns that sum. The balance is
-- locked.
CREATE OR REPLACE FUNCTION public.release_expired_holds(p_balance public.balances) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
  v_expired record;
  v_released numeric := 0;
  v_lots public.lot[] := '{}';
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_expired IN
    UPDATE public.holds h SET status = 'expired', resolved_at = v_now
    WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
      AND h.asset_type_id = p_balance.asset_type_id
      AND h.status = 'active' AND h.expires_at <= statement_timestamp()
    RETURNING h.id, h.amount, h.lots
  LOOP
    INSERT INTO public.changes (home, type, hold_id)
    VALUES (p_balance.home, 'wallet.hold.expired', v_expired.id);
    v_released := v_released + v_expired.amount;
    v_lots := v_lots || v_expired.lots;
  END LOOP;
  IF v_released <> 0 THEN
    PERFORM public.free_held(p_balance, v_released, v_lots);
  END IF;
  RETURN v_released;
END $$;
