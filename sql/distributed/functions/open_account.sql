-- On several nodes: opens a player's account, unless there is one; whether it did. On its own node, by
-- statements of one row, which are all that goes to one node.
CREATE OR REPLACE FUNCTION public.open_account(
  p_home integer, p_user_id text, p_name text, p_principal text, p_reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  v_account public.user_accounts;
BEGIN
  INSERT INTO public.user_accounts (home, id, handle, name)
  VALUES (
    p_home, p_home::bigint << 48 | ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint, p_user_id,
    p_name)
  ON CONFLICT DO NOTHING
  RETURNING * INTO v_account;
  IF v_account.id IS NULL THEN
    PERFORM FROM public.user_accounts a WHERE a.home = p_home AND a.handle = p_user_id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the id of a new account was taken'
        USING ERRCODE = 'serialization_failure'; -- Another try draws another.
    END IF;
    RETURN false;
  END IF;
  INSERT INTO public.administrative_acts (home, account_id, act, principal, reason, after)
  VALUES (p_home, v_account.id, 'OPENED', p_principal, p_reason, jsonb_build_object('name', p_name));
  INSERT INTO public.changes (home, type, data)
  VALUES (p_home, 'wallet.account.opened', public.account_data(v_account));
  RETURN true;
END $$;
