-- Opens a player's account, unless there is one; whether it did. Concurrent calls for one player make one
-- account.
CREATE OR REPLACE FUNCTION public.open_account(
  p_home integer, p_user_id text, p_name text, p_principal text, p_reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO public.user_accounts AS a (home, id, handle, name)
  VALUES (
    p_home, p_home::bigint << 48 | ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint, p_user_id,
    p_name)
  ON CONFLICT DO NOTHING
  RETURNING a.id INTO v_id;
  IF FOUND THEN
    PERFORM public.record_act(p_home, v_id, NULL, 'OPENED', p_principal, p_reason, NULL,
      jsonb_build_object('name', p_name));
    RETURN true;
  ELSIF NOT EXISTS (SELECT FROM public.user_accounts a WHERE a.home = p_home AND a.handle = p_user_id) THEN
    RAISE EXCEPTION 'the id of a new account was taken'
      USING ERRCODE = 'serialization_failure'; -- Another try draws another.
  END IF;
  RETURN false;
END $$;
