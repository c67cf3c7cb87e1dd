-- Freezes, closes or reopens a user's account. Closed only with every balance at zero and nothing held (W409M); a closed account becomes
-- active and nothing else (W409C). act: STATUS_CHANGED, which is recorded with principal and reason, or null when the account had this status.
-- Raises W404U.
DROP FUNCTION IF EXISTS public.set_account_status(text, text);
CREATE OR REPLACE FUNCTION public.set_account_status(
  p_user_id text, p_status text, p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v_id bigint;
  v_before public.account_status;
BEGIN
  PERFORM public.refuse_unknown(ARRAY[p_user_id], NULL);
  -- The balances copy it (copy_status).
  PERFORM FROM public.balances b WHERE b.handle = p_user_id
  ORDER BY b.handle, b.asset_code, b.stripe
  FOR NO KEY UPDATE NOWAIT;
  SELECT a.id, a.handle, a.name, a.status, a.created_at INTO v_id, user_id, name, v_before, created_at
  FROM public.accounts a WHERE a.handle = p_user_id AND a.type = 'user'
  FOR NO KEY UPDATE NOWAIT;
  status := p_status;
  IF status = v_before THEN
    RETURN;
  ELSIF v_before = 'closed' AND status <> 'active' THEN
    PERFORM public.refuse('W409C', format('account %s is closed, and can only become active', p_user_id));
  END IF;
  UPDATE public.accounts a SET status = p_status::public.account_status WHERE a.id = v_id;
  IF status = 'closed' AND EXISTS (SELECT FROM public.read_balances(p_user_id) AS b WHERE b.balance <> 0 OR b.held <> 0) THEN
    PERFORM public.refuse('W409M', format('account %s still holds a balance', p_user_id));
  END IF;
  act := 'STATUS_CHANGED';
  PERFORM public.record_act(
    v_id, NULL, act, p_principal, p_reason, jsonb_build_object('status', v_before), jsonb_build_object('status', status));
END $$;
GRANT EXECUTE ON FUNCTION public.set_account_status TO wallet_app;
