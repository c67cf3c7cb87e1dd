-- Opens a player's account, or renames it when another name is given. act names what was done, and is
-- recorded with principal and reason. It is null when nothing had to change.
CREATE OR REPLACE FUNCTION public.put_account(
  p_home integer, p_user_id text, p_name text DEFAULT NULL, p_principal text DEFAULT NULL,
  p_reason text DEFAULT NULL,
  OUT data json, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  v_account public.user_accounts;
BEGIN
  IF public.open_account(p_home, p_user_id, p_name, p_principal, p_reason) THEN
    act := 'OPENED';
  END IF;
  v_account := public.find_account(p_home, p_user_id);
  IF act IS NULL AND p_name <> coalesce(v_account.name, '') THEN
    act := 'RENAMED';
    UPDATE public.user_accounts a SET name = p_name WHERE a.home = p_home AND a.id = v_account.id;
    PERFORM public.record_act(
      p_home, v_account.id, NULL, act, p_principal, p_reason, jsonb_build_object('name', v_account.name),
      jsonb_build_object('name', p_name));
  END IF;
  data := public.account_data(public.find_account(p_home, p_user_id));
END $$;
GRANT EXECUTE ON FUNCTION public.put_account TO wallet_app;
COMMENT ON FUNCTION public.put_account IS 'Nullable: act';
