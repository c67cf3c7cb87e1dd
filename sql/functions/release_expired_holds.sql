-- Marks a balance's expired holds, takes their sum off what it holds, and returns that sum. The balance is
-- locked.
CREATE OR REPLACE FUNCTION public.release_expired_holds(p_balance public.balances) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
  v_released numeric;
BEGIN
  WITH expired AS (
    UPDATE public.holds h SET status = 'expired', resolved_at = clock_timestamp()
    WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
      AND h.asset_type_id = p_balance.asset_type_id
      AND h.status = 'active' AND h.expires_at <= statement_timestamp()
    RETURNING h.amount)
  SELECT coalesce(sum(amount), 0) INTO v_released FROM expired;
  IF v_released <> 0 THEN
    UPDATE public.balances b SET held = b.held - v_released
    WHERE b.home = p_balance.home AND b.handle = p_balance.handle AND b.asset_code = p_balance.asset_code;
  END IF;
  RETURN v_released;
END $$;
