-- Erases a player: nothing that names the person, and no text that was sent about them, stays in the
-- database. Numbers and amounts stay, under the number of the account, so books, statements and proofs stay
-- true. The userId is free again. It needs balances of zero; p_forfeit books what there is as EXPIRY first.
-- The erasure is an administrative act, an event, and a leaf of the tree that proofs are made from.
-- Once per key; of the key and the request it keeps a digest alone. Refuses an unknown player, a key that
-- another request used, and an account that is not empty.
CREATE OR REPLACE FUNCTION public.erase_account(
  p_home integer, p_user_id text, p_key text, p_request_hash bytea, p_reason text,
  p_principal text DEFAULT NULL, p_forfeit boolean DEFAULT false,
  OUT erased_at timestamptz, OUT act text, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  v_id uuid := public.id_of(p_home, p_key);
  v_request bytea := sha256(convert_to(p_key, 'UTF8') || p_request_hash);
  v_erasure public.erasures;
  v_account public.user_accounts;
  v_name text;
BEGIN
  SELECT * INTO v_erasure FROM public.erasures e WHERE public.claim_of(e.id) = public.claim_of(v_id);
  IF v_erasure.request = v_request THEN
    erased_at := v_erasure.created_at;
    replayed := true;
    RETURN;
  ELSIF v_erasure.id IS NOT NULL OR public.find_claimed(ARRAY[v_id]) <> '{}' THEN
    PERFORM public.refuse('IDEMPOTENCY_KEY_REUSED');
  END IF;

  v_account := public.lock_account(p_home, p_user_id);
  IF p_forfeit THEN
    PERFORM public.forfeit_balances(v_account);
  END IF;
  IF EXISTS (
    SELECT FROM public.balances b
    WHERE b.home = p_home AND b.handle = p_user_id AND (b.balance <> 0 OR b.held <> 0)) THEN
    PERFORM public.refuse('ACCOUNT_NOT_EMPTY', jsonb_build_object('userId', p_user_id));
  END IF;
  erased_at := clock_timestamp();
  act := 'ERASED';
  replayed := false;
  v_name := public.erased_handle(v_account.id);
  INSERT INTO public.erasures (home, account_id, id, created_at, transactions, principal, request)
  VALUES (p_home, v_account.id, v_id, erased_at, public.erase_texts(v_account), p_principal, v_request);
  UPDATE public.user_accounts a SET handle = v_name, name = NULL, salt = NULL, status = 'closed'
  WHERE a.home = p_home AND a.id = v_account.id;
  UPDATE public.balances b SET handle = v_name, status = 'closed'
  WHERE b.home = p_home AND b.handle = p_user_id;
  UPDATE public.administrative_acts t SET reason = NULL, before = NULL, after = '{}'
  WHERE t.home = p_home AND t.account_id = v_account.id;
  -- An event without data is not told.
  UPDATE public.changes c SET data = NULL
  WHERE c.home = p_home AND c.type IN ('wallet.account.opened', 'wallet.account.changed')
    AND c.data->>'userId' = p_user_id;
  UPDATE public.parked_players k SET user_id = v_name WHERE k.user_id = p_user_id;
  UPDATE public.reconciliation_runs r
  SET discrepancies = replace(r.discrepancies::text, to_json(p_user_id)::text, to_json(v_name)::text)::jsonb
  WHERE strpos(r.discrepancies::text, to_json(p_user_id)::text) > 0;
  INSERT INTO public.administrative_acts (home, account_id, act, principal, reason, after)
  VALUES (p_home, v_account.id, act, p_principal, p_reason, '{}');
  INSERT INTO public.changes (home, created_at, id, type, data)
  VALUES (p_home, erased_at, v_id, 'wallet.account.erased', json_build_object(
    'account', v_name, 'erasedAt', public.iso_time(erased_at), 'principal', p_principal, 'reason', p_reason));
END $$;
GRANT EXECUTE ON FUNCTION public.erase_account TO wallet_app;
COMMENT ON FUNCTION public.erase_account IS 'Nullable: act';
