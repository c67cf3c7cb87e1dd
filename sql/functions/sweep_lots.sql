-- For expire_balances: books what has expired of these balances of one home. Returns of how many, the others
-- being busy.
CREATE OR REPLACE FUNCTION public.sweep_lots(p_home integer, p_balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_due record;
  v_balance public.balances;
  v_swept integer := 0;
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_due IN
    SELECT * FROM jsonb_to_recordset(p_balances) AS d(user_id text, asset_code text)
    ORDER BY d.user_id COLLATE "C", d.asset_code COLLATE "C"
  LOOP
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = p_home AND b.handle = v_due.user_id AND b.asset_code = v_due.asset_code
      AND b.next_expiry <= v_now
    FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      PERFORM public.expire_lots(v_balance, v_now);
      v_swept := v_swept + 1;
    END IF;
  END LOOP;
  RETURN v_swept;
END $$;
