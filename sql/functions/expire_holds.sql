-- The sweeper: marks expired holds of up to p_limit balances and frees what they reserved; a busy balance is left for the next run. Returns
-- how many balances it swept. (Nothing waits for it: an expired hold reserves nothing, and who needs the room releases it.)
CREATE OR REPLACE FUNCTION public.expire_holds(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_serializable boolean := public.require_serializable();
  v_balance record;
  v_swept integer := 0;
  -- Fixed, so that it can bound the index: a sweep reads no live hold.
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_balance IN
    SELECT b.account_id, b.asset_type_id FROM public.balances b
    WHERE b.stripe = 0 AND (b.account_id, b.asset_type_id) IN (
      SELECT DISTINCT h.account_id, h.asset_type_id FROM public.holds h
      WHERE h.status = 'active' AND h.expires_at <= v_now
      LIMIT p_limit)
    ORDER BY b.account_id, b.asset_type_id
    FOR NO KEY UPDATE SKIP LOCKED
  LOOP
    UPDATE public.balances b SET held = b.held - public.release_expired_holds(v_balance.account_id, v_balance.asset_type_id)
    WHERE b.account_id = v_balance.account_id AND b.asset_type_id = v_balance.asset_type_id AND b.stripe = 0;
    v_swept := v_swept + 1;
  END LOOP;
  RETURN v_swept;
END $$;
GRANT EXECUTE ON FUNCTION public.expire_holds TO wallet_app;
