-- The sweeper: marks expired holds of up to p_limit balances and frees what they reserved; a busy balance is
-- left for the next run. Returns how many balances it swept. (Nothing waits for it: an expired hold reserves
-- nothing, and a posting that needs the room releases it.)
CREATE OR REPLACE FUNCTION public.expire_holds(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_expired record;
  v_balance public.balances;
  v_swept integer := 0;
  -- Fixed, so that it can bound the index: a sweep reads no live hold.
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_expired IN
    SELECT DISTINCT h.home, h.account_id, h.asset_type_id FROM public.holds h
    WHERE h.status = 'active' AND h.expires_at <= v_now
    LIMIT p_limit
  LOOP
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = v_expired.home AND b.handle = public.handle_of(v_expired.home, v_expired.account_id)
      AND b.asset_type_id = v_expired.asset_type_id
    FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      IF v_balance.lots IS NULL THEN
        PERFORM public.release_expired_holds(v_balance);
      END IF;
      -- What goes back to the player may have expired too.
      WHILE public.refresh_lots(v_balance, v_now) LOOP
        SELECT * INTO v_balance FROM public.balances b
        WHERE b.home = v_balance.home AND b.handle = v_balance.handle AND b.asset_code = v_balance.asset_code;
      END LOOP;
      v_swept := v_swept + 1;
    END IF;
  END LOOP;
  RETURN v_swept;
END $$;
GRANT EXECUTE ON FUNCTION public.expire_holds TO wallet_app;
