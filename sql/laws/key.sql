-- A transaction has the id that its key gives, unless an erasure took the key. One without a key belongs to a
-- group whose first transaction has one, from which its id derives, or is an EXPIRY. And the first
-- transaction of an exchange, or of a transfer between homes, has its second.
CREATE OR REPLACE FUNCTION public.law_key(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'kind', j.kind)
    FROM public.journal j
    WHERE j.xact >= coalesce(p_after, '0') AND CASE
      WHEN j.kind = 'EXPIRY' THEN
        j.id <> public.expiry_id(j.home, j.debit_account_id, j.asset_type_id, j.debit_seq)
      WHEN j.idempotency_key IS NULL AND EXISTS (
        SELECT FROM public.erased_texts t WHERE t.home = j.home AND t.transaction_id = j.id) THEN false
      WHEN j.idempotency_key IS NULL THEN NOT EXISTS (
        SELECT FROM public.journal f
        WHERE f.group_id = j.group_id AND f.kind = j.kind AND (j.kind <> 'TRANSFER' OR f.amount = j.amount)
          AND j.id = public.id_of(j.home, f.idempotency_key || E'\nto'))
      WHEN j.id <> public.id_of(j.home, j.idempotency_key) THEN true
      WHEN j.kind = 'EXCHANGE' OR j.kind = 'TRANSFER' AND j.credit_account_id < 0 THEN NOT EXISTS (
        SELECT FROM public.journal t
        WHERE public.claim_of(t.id) = public.claim_of(public.id_of(0, j.idempotency_key || E'\nto'))
          AND t.group_id = j.group_id AND t.kind = j.kind AND t.debit_account_id = j.credit_account_id
          AND (j.kind = 'EXCHANGE' AND t.credit_account_id = j.debit_account_id
            OR j.kind = 'TRANSFER' AND t.amount = j.amount AND t.asset_type_id = j.asset_type_id))
    END;
END $$;
