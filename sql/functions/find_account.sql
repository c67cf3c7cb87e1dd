-- A player's account. Refuses when there is none.
CREATE OR REPLACE FUNCTION public.find_account(p_home integer, p_user_id text) RETURNS public.user_accounts
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_account public.user_accounts;
BEGIN
  SELECT * INTO v_account FROM public.user_accounts a WHERE a.home = p_home AND a.handle = p_user_id;
  IF NOT FOUND THEN
    PERFORM public.require_home(p_home, p_user_id);
    PERFORM public.refuse('USER_NOT_FOUND', jsonb_build_object('userId', p_user_id));
  END IF;
  RETURN v_account;
END $$;
