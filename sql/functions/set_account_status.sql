-- Freezes, closes or reopens a user's account. Closed only with every balance at zero and nothing held (W409M). Raises W404U.
CREATE OR REPLACE FUNCTION public.set_account_status(
  p_user_id text, p_status text,
  OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
BEGIN
  PERFORM public.refuse_unknown(ARRAY[p_user_id], NULL);
  -- The balances copy it (copy_status).
  PERFORM FROM public.balances b WHERE b.handle = p_user_id
  ORDER BY b.handle, b.asset_code, b.stripe
  FOR NO KEY UPDATE NOWAIT;
  UPDATE public.accounts a SET status = p_status::public.account_status
  WHERE a.handle = p_user_id AND a.type = 'user'
  RETURNING a.handle, a.name, a.status, a.created_at INTO user_id, name, status, created_at;
  IF status = 'closed' AND EXISTS (SELECT FROM public.read_balances(p_user_id) AS b WHERE b.balance <> 0 OR b.held <> 0) THEN
    PERFORM public.refuse('W409M', format('account %s still holds a balance', p_user_id));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.set_account_status TO wallet_app;
