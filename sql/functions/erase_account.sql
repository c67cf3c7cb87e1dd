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
  v_erasure record;
  v_account_id bigint;
  v_name text;
  v_texts record;
  v_of_home bigint;
  v_erased bigint := 0;
BEGIN
  SELECT e.id, e.request, e.created_at INTO v_erasure FROM public.erasures e
  WHERE public.claim_of(e.id) = public.claim_of(v_id)
  ORDER BY e.home <> p_home
  LIMIT 1;
  IF v_erasure.request = v_request THEN
    erased_at := v_erasure.created_at;
    replayed := true;
    RETURN;
  ELSIF v_erasure.id IS NOT NULL OR public.find_claimed(ARRAY[v_id]) <> '{}' THEN
    PERFORM public.refuse('IDEMPOTENCY_KEY_REUSED');
  END IF;

  SELECT e INTO v_account_id FROM public.empty_account(p_home, p_user_id, p_forfeit) AS e;
  FOR v_texts IN
    SELECT t.home, array_agg(t.id) AS ids FROM public.find_texts(p_home, v_account_id) AS t GROUP BY t.home
  LOOP
    SELECT e INTO v_of_home FROM public.erase_texts(v_texts.home, v_account_id, v_texts.ids) AS e;
    v_erased := v_erased + v_of_home;
  END LOOP;
  act := 'ERASED';
  replayed := false;
  SELECT e INTO erased_at FROM public.record_erasure(
    p_home, v_account_id, p_user_id, v_id, v_request, v_erased, p_principal, p_reason) AS e;
  v_name := public.erased_handle(v_account_id);
  UPDATE public.parked_players k SET user_id = v_name WHERE k.user_id = p_user_id;
  UPDATE public.reconciliation_runs r
  SET discrepancies = replace(r.discrepancies::text, to_json(p_user_id)::text, to_json(v_name)::text)::jsonb
  WHERE strpos(r.discrepancies::text, to_json(p_user_id)::text) > 0;
END $$;
GRANT EXECUTE ON FUNCTION public.erase_account TO wallet_app;
COMMENT ON FUNCTION public.erase_account IS 'Nullable: act';
