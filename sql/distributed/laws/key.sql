-- On several nodes: a transaction has the id that its key gives, unless an erasure took the key. One without
-- a key is the second of an exchange, or of a transfer between homes (law_clearing), or an EXPIRY. And the
-- first transaction of an exchange has its second.
CREATE OR REPLACE FUNCTION public.law_key(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'kind', j.kind)
    FROM public.journal j
    LEFT JOIN public.erased_texts x ON x.home = j.home AND x.transaction_id = j.id
    -- The other transaction of an exchange.
    LEFT JOIN public.journal o ON o.home = j.home AND o.group_id = j.group_id AND o.kind = 'EXCHANGE'
      AND o.debit_account_id = j.credit_account_id AND o.credit_account_id = j.debit_account_id
      AND CASE WHEN j.idempotency_key IS NULL THEN j.id = public.id_of(j.home, o.idempotency_key || E'\nto')
        ELSE o.id = public.id_of(j.home, j.idempotency_key || E'\nto') END
    WHERE CASE
      WHEN j.kind = 'EXPIRY' THEN
        j.id <> public.expiry_id(j.home, j.debit_account_id, j.asset_type_id, j.debit_seq)
      WHEN j.idempotency_key IS NULL AND (x.home IS NOT NULL OR j.kind = 'TRANSFER') THEN false
      WHEN j.idempotency_key IS NOT NULL AND j.id <> public.id_of(j.home, j.idempotency_key) THEN true
      WHEN j.idempotency_key IS NULL OR j.kind = 'EXCHANGE' THEN o.home IS NULL
    END;
END $$;
