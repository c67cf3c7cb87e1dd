-- Locks a player's account for its erasure, and returns its id. It needs balances of zero; p_forfeit books
-- what there is as EXPIRY first. Refuses an unknown player, and an account that is not empty.
CREATE OR REPLACE FUNCTION public.empty_account(p_home integer, p_user_id text, p_forfeit boolean)
  RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_account public.user_accounts := public.lock_account(p_home, p_user_id);
BEGIN
  IF p_forfeit THEN
    PERFORM public.forfeit_balances(v_account);
  END IF;
  PERFORM FROM public.balances b
  WHERE b.home = p_home AND b.handle = p_user_id AND (b.balance <> 0 OR b.held <> 0);
  IF FOUND THEN
    PERFORM public.refuse('ACCOUNT_NOT_EMPTY', jsonb_build_object('userId', p_user_id));
  END IF;
  RETURN v_account.id;
END $$;
