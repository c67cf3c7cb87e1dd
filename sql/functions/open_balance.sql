-- Makes the balance of an account in an asset where it is missing: of a player, or of a system account in
-- this home. p_open_account: whether a player without an account gets one. Returns why it cannot be made, or
-- null.
-- The player's account is written to, although nothing of it changes. So a change of its status that began
-- before this one ended meets a row that changed, and is tried again: it would not have seen the new balance.
-- (A lock alone does not do it below serializable: it leaves no trace once this transaction has ended.)
CREATE OR REPLACE FUNCTION public.open_balance(
  p_home integer, p_handle text, p_asset_code text, p_open_account boolean DEFAULT false,
  p_principal text DEFAULT NULL
) RETURNS public.refusal
LANGUAGE plpgsql AS $$
DECLARE
  v_account_id bigint;
  v_status public.account_status := 'active';
  v_asset public.asset_types;
BEGIN
  IF p_handle LIKE '$%' THEN
    SELECT s.id INTO STRICT v_account_id FROM public.system_accounts s WHERE s.handle = p_handle;
  ELSE
    PERFORM public.require_transaction(p_home, p_handle);
    IF p_open_account THEN
      PERFORM public.open_account(p_home, p_handle, NULL, p_principal);
    END IF;
    PERFORM FROM public.user_accounts a WHERE a.home = p_home AND a.handle = p_handle
    FOR NO KEY UPDATE NOWAIT;
    UPDATE public.user_accounts a SET status = a.status
    WHERE a.home = p_home AND a.handle = p_handle
    RETURNING a.id, a.status INTO v_account_id, v_status;
    IF NOT FOUND THEN
      RETURN ROW('USER_NOT_FOUND', jsonb_build_object('userId', p_handle))::public.refusal;
    END IF;
  END IF;
  SELECT * INTO v_asset FROM public.asset_types s WHERE s.code = p_asset_code;
  IF NOT FOUND THEN
    RETURN ROW('ASSET_NOT_FOUND', jsonb_build_object('assetCode', p_asset_code))::public.refusal;
  END IF;
  INSERT INTO public.balances (
    home, asset_type_id, account_id, balance, handle, asset_code, scale, status, lots, burn_order)
  VALUES (
    p_home, v_asset.id, v_account_id, round(0, v_asset.scale), p_handle, p_asset_code, v_asset.scale,
    v_status,
    CASE WHEN v_account_id > 0 AND v_asset.burn_order IS NOT NULL THEN '{}'::public.lot[] END,
    CASE WHEN v_account_id > 0 THEN v_asset.burn_order END)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
