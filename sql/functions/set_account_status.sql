-- Freezes, closes or reopens a player's account. It closes only with every balance at zero and nothing held;
-- a closed account becomes active and nothing else. act: STATUS_CHANGED, which is recorded with principal and
-- reason, or null when the account had this status. Refuses an unknown player.
CREATE OR REPLACE FUNCTION public.set_account_status(
  p_home integer, p_user_id text, p_status text, p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  OUT data json, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  -- What has expired is booked: an account with a lot that has does not close.
  v_account public.user_accounts := public.lock_account(p_home, p_user_id);
BEGIN
  IF v_account.status::text = p_status THEN
    data := public.account_data(v_account);
    RETURN;
  ELSIF v_account.status = 'closed' AND p_status <> 'active' THEN
    PERFORM public.refuse('ACCOUNT_CLOSED', jsonb_build_object('userId', p_user_id));
  ELSIF p_status = 'closed' AND EXISTS (
    SELECT FROM public.read_balances(p_home, p_user_id) AS b WHERE b.balance <> 0 OR b.held <> 0) THEN
    PERFORM public.refuse('ACCOUNT_NOT_EMPTY', jsonb_build_object('userId', p_user_id));
  END IF;
  UPDATE public.user_accounts a SET status = p_status::public.account_status WHERE a.home = p_home
    AND a.id = v_account.id;
  UPDATE public.balances b SET status = p_status::public.account_status WHERE b.home = p_home
    AND b.handle = p_user_id;
  act := 'STATUS_CHANGED';
  PERFORM public.record_act(
    p_home, v_account.id, NULL, act, p_principal, p_reason, jsonb_build_object('status', v_account.status),
    jsonb_build_object('status', p_status));
  data := public.account_data(public.find_account(p_home, p_user_id));
END $$;
GRANT EXECUTE ON FUNCTION public.set_account_status TO wallet_app;
COMMENT ON FUNCTION public.set_account_status IS 'Nullable: act';
