-- Locks one balance and returns it. Where it is missing it is made; where it cannot be made, this refuses.
CREATE OR REPLACE FUNCTION public.lock_balance(
  p_home integer, p_handle text, p_asset_code text, p_open_account boolean DEFAULT false,
  p_principal text DEFAULT NULL
) RETURNS public.balances
LANGUAGE plpgsql AS $$
DECLARE
  v_balance public.balances;
  v_refusal public.refusal;
BEGIN
  FOR v_try IN 1 .. 2 LOOP
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = p_home AND b.handle = p_handle AND b.asset_code = p_asset_code
    FOR NO KEY UPDATE NOWAIT;
    IF FOUND THEN
      RETURN v_balance;
    END IF;
    v_refusal := public.open_balance(p_home, p_handle, p_asset_code, p_open_account, p_principal);
    IF v_refusal.fault IS NOT NULL THEN
      PERFORM public.refuse(v_refusal.fault, v_refusal.about);
    END IF;
  END LOOP;
  -- Another transaction made it after this one's snapshot.
  RAISE EXCEPTION 'a balance was opened meanwhile' USING ERRCODE = 'serialization_failure';
END $$;
