-- The sweeper: books what has expired of these balances, a JSON list of {home, user_id, asset_code}, as
-- find_lapsed told. (To look for them in this transaction would read index pages that postings write to, and
-- conflict with them.) A busy balance is left for the next run. Returns how many it brought up to date.
-- (Nothing waits for it: what has expired is in no balance, and the next posting books it.)
CREATE OR REPLACE FUNCTION public.expire_balances(p_balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_due record;
  v_balance public.balances;
  v_swept integer := 0;
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_due IN
    SELECT * FROM jsonb_to_recordset(p_balances) AS d(home integer, user_id text, asset_code text)
    ORDER BY d.home, d.user_id COLLATE "C", d.asset_code COLLATE "C"
  LOOP
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = v_due.home AND b.handle = v_due.user_id AND b.asset_code = v_due.asset_code
      AND b.next_expiry <= v_now
    FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      PERFORM public.expire_lots(v_balance, v_now);
      v_swept := v_swept + 1;
    END IF;
  END LOOP;
  RETURN v_swept;
END $$;
GRANT EXECUTE ON FUNCTION public.expire_balances TO wallet_app;
