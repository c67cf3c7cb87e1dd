-- The same as open_balances, for one. p_open_account: whether a player without an account gets one.
CREATE OR REPLACE FUNCTION public.open_balance(
  p_home integer, p_handle text, p_asset_code text, p_open_account boolean DEFAULT false,
  p_principal text DEFAULT NULL
) RETURNS public.refusal
LANGUAGE plpgsql AS $$
BEGIN
  IF p_open_account AND p_handle NOT LIKE '$%' THEN
    PERFORM public.open_account(p_home, p_handle, NULL, p_principal);
  END IF;
  RETURN (public.open_balances(ARRAY[p_home], ARRAY[p_handle], ARRAY[p_asset_code]))[1];
END $$;
