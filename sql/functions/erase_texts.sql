-- Takes the texts that were sent with a player's transactions and holds out of their rows: key, request and
-- metadata. Of a transfer it takes those of both sides, in either home. What the leaf of a transaction says
-- of these texts and of its players is kept, as a digest, so that proofs stay valid. Returns of how many
-- transactions.
CREATE OR REPLACE FUNCTION public.erase_texts(p_account public.user_accounts) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_rows public.journal[];
  v_erased bigint;
BEGIN
  WITH own AS (
    SELECT j AS entry FROM public.journal j WHERE j.debit_account_id = p_account.id
    UNION ALL
    SELECT j FROM public.journal j WHERE j.credit_account_id = p_account.id
    UNION ALL
    SELECT j FROM public.holds h JOIN public.journal j ON public.claim_of(j.id) = public.claim_of(h.id)
    WHERE h.home = p_account.home AND h.account_id = p_account.id
  ), texts AS (
    SELECT o.entry FROM own o
    UNION ALL
    -- What the player paid to another home, there.
    SELECT t FROM own o JOIN public.journal t
      ON public.claim_of(t.id) = public.claim_of(public.id_of(0, (o.entry).idempotency_key || E'\nto'))
    WHERE (o.entry).kind = 'TRANSFER' AND (o.entry).credit_account_id < 0
    UNION ALL
    -- What the player got from another home, there.
    SELECT t FROM own o JOIN public.journal t ON t.group_id = (o.entry).group_id
      AND public.claim_of((o.entry).id) = public.claim_of(public.id_of(0, t.idempotency_key || E'\nto'))
    WHERE (o.entry).kind = 'TRANSFER' AND (o.entry).debit_account_id < 0)
  SELECT array_agg(t.entry) INTO v_rows FROM texts t;

  WITH erased AS (
    INSERT INTO public.erased_texts (home, transaction_id, account_id, digest)
    SELECT t.home, t.id, p_account.id, CASE WHEN t.kind <> 'HOLD' THEN sha256(uuid_send(a.salt)
      || convert_to(concat(a.handle, E'\n', p.handle, E'\n', t.idempotency_key, E'\n',
        encode(t.request_hash, 'hex'), E'\n', t.metadata), 'UTF8')) END
    FROM unnest(v_rows) AS t
    LEFT JOIN public.user_accounts a ON a.home = t.home
      AND a.id = CASE WHEN t.debit_account_id > 0 THEN t.debit_account_id ELSE t.credit_account_id END
    LEFT JOIN public.user_accounts p ON p.home = t.home AND p.id = t.credit_account_id AND t.debit_account_id > 0
    -- Those of a transfer may have been taken out before, with the other player's.
    ON CONFLICT DO NOTHING
    RETURNING digest)
  SELECT count(e.digest) INTO v_erased FROM erased e;
  UPDATE public.journal j SET idempotency_key = NULL, request_hash = NULL, metadata = '{}'
  WHERE public.claim_of(j.id) = ANY (ARRAY(SELECT public.claim_of(t.id) FROM unnest(v_rows) AS t));
  RETURN v_erased;
END $$;
