-- Takes the texts that were sent with a player's transactions and holds out of their rows in one home: key,
-- request and metadata. What the leaf of a transaction says of these texts and of its players is kept, as a
-- digest, so that proofs stay valid. Returns of how many transactions.
-- p_account_id: of the player. p_ids: of the rows, as find_texts found them.
DROP FUNCTION IF EXISTS public.erase_texts(public.user_accounts);
CREATE OR REPLACE FUNCTION public.erase_texts(p_home integer, p_account_id bigint, p_ids uuid[])
  RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_claims bytea[] := ARRAY(SELECT public.claim_of(i) FROM unnest(p_ids) AS i);
  v_text record;
  v_erased bigint := 0;
BEGIN
  FOR v_text IN
    SELECT t.id, t.kind, sha256(uuid_send(a.salt)
      || convert_to(concat(a.handle, E'\n', p.handle, E'\n', t.idempotency_key, E'\n',
        encode(t.request_hash, 'hex'), E'\n', t.metadata), 'UTF8')) AS digest
    FROM public.journal t
    LEFT JOIN public.user_accounts a ON a.home = t.home
      AND a.id = CASE WHEN t.debit_account_id > 0 THEN t.debit_account_id ELSE t.credit_account_id END
    LEFT JOIN public.user_accounts p ON p.home = t.home AND p.id = t.credit_account_id AND t.debit_account_id > 0
    WHERE t.home = p_home AND public.claim_of(t.id) = ANY (v_claims)
  LOOP
    -- Those of a transfer may have been taken out before, with the other player's.
    INSERT INTO public.erased_texts (home, transaction_id, account_id, digest)
    VALUES (p_home, v_text.id, p_account_id, CASE WHEN v_text.kind <> 'HOLD' THEN v_text.digest END)
    ON CONFLICT DO NOTHING;
    IF FOUND AND v_text.kind <> 'HOLD' AND v_text.digest IS NOT NULL THEN
      v_erased := v_erased + 1;
    END IF;
  END LOOP;
  UPDATE public.journal j SET idempotency_key = NULL, request_hash = NULL, metadata = '{}'
  WHERE j.home = p_home AND public.claim_of(j.id) = ANY (v_claims);
  RETURN v_erased;
END $$;
