-- For expire_holds: sweeps these balances of one home, a JSON list of {account_id, asset_type_id}. Returns
-- how many, the others being busy.
CREATE OR REPLACE FUNCTION public.sweep_holds(p_home integer, p_balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_due record;
  v_handle text;
  v_balance public.balances;
  v_swept integer := 0;
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_due IN
    SELECT * FROM jsonb_to_recordset(p_balances) AS d(account_id bigint, asset_type_id integer)
  LOOP
    v_handle := public.handle_of(p_home, v_due.account_id);
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = p_home AND b.handle = v_handle AND b.asset_type_id = v_due.asset_type_id
    FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      IF v_balance.lots IS NULL THEN
        PERFORM public.release_expired_holds(v_balance);
      END IF;
      -- What goes back to the player may have expired too.
      WHILE public.refresh_lots(v_balance, v_now) LOOP
        SELECT * INTO v_balance FROM public.balances b
        WHERE b.home = p_home AND b.handle = v_balance.handle AND b.asset_code = v_balance.asset_code;
      END LOOP;
      v_swept := v_swept + 1;
    END IF;
  END LOOP;
  RETURN v_swept;
END $$;
