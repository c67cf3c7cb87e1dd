-- Marks a balance's expired holds, takes their sum off what it holds, and returns that sum. The balance is
-- locked.
CREATE OR REPLACE FUNCTION public.release_expired_holds(p_balance public.balances) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
  v_released numeric;
  v_lots public.lot[];
BEGIN
  WITH expired AS (
    UPDATE public.holds h SET status = 'expired', resolved_at = clock_timestamp()
    WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
      AND h.asset_type_id = p_balance.asset_type_id
      AND h.status = 'active' AND h.expires_at <= statement_timestamp()
    RETURNING h.id, h.amount, h.lots
  ), told AS (
    INSERT INTO public.changes (home, type, hold_id)
    SELECT p_balance.home, 'wallet.hold.expired', e.id FROM expired AS e)
  SELECT coalesce(sum(e.amount), 0), (SELECT array_agg(l) FROM expired AS o, unnest(o.lots) AS l)
  INTO v_released, v_lots
  FROM expired AS e;
  IF v_released <> 0 THEN
    PERFORM public.free_held(p_balance, v_released, v_lots);
  END IF;
  RETURN v_released;
END $$;
