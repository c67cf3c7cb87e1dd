-- Writes down that a player is erased: takes the name out of the rows of the player's home, and adds the
-- erasure, its act and its event. p_id and p_request: as in erasures. p_erased: of how many transactions the
-- texts were taken out. Returns when.
CREATE OR REPLACE FUNCTION public.record_erasure(
  p_home integer, p_account_id bigint, p_user_id text, p_id uuid, p_request bytea, p_erased bigint,
  p_principal text, p_reason text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_name text := public.erased_handle(p_account_id);
BEGIN
  INSERT INTO public.erasures (home, account_id, id, created_at, transactions, principal, request)
  VALUES (p_home, p_account_id, p_id, v_now, p_erased, p_principal, p_request);
  UPDATE public.user_accounts a SET handle = v_name, name = NULL, salt = NULL, status = 'closed'
  WHERE a.home = p_home AND a.id = p_account_id;
  UPDATE public.balances b SET handle = v_name, status = 'closed'
  WHERE b.home = p_home AND b.handle = p_user_id;
  UPDATE public.administrative_acts t SET reason = NULL, before = NULL, after = '{}'
  WHERE t.home = p_home AND t.account_id = p_account_id;
  -- An event without data is not told.
  UPDATE public.changes c SET data = NULL
  WHERE c.home = p_home AND c.type IN ('wallet.account.opened', 'wallet.account.changed')
    AND c.data->>'userId' = p_user_id;
  INSERT INTO public.administrative_acts (home, account_id, act, principal, reason, after)
  VALUES (p_home, p_account_id, 'ERASED', p_principal, p_reason, '{}');
  INSERT INTO public.changes (home, created_at, id, type, data)
  VALUES (p_home, v_now, p_id, 'wallet.account.erased', json_build_object(
    'account', v_name, 'erasedAt', public.iso_time(v_now), 'principal', p_principal, 'reason', p_reason));
  RETURN v_now;
END $$;
