-- The first answer to a key that was claimed before. Refuses when another request claimed it, or another key
-- that happens to have the same claim.
CREATE OR REPLACE FUNCTION public.replay_transaction(
  p_home integer, p_transaction_id uuid, p_key text, p_request_hash bytea,
  OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz, OUT replayed boolean,
  OUT lots jsonb
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  SELECT j.debit_balance, j.credit_balance, j.created_at, true,
    public.told_lots(j.lots, j.debit_account_id, j.amount, j.credit_balance)
  INTO debit_balance, credit_balance, created_at, replayed, lots
  FROM public.journal j
  WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(p_transaction_id)
    AND j.idempotency_key = p_key AND j.request_hash = p_request_hash;
  IF NOT FOUND THEN
    PERFORM public.refuse('IDEMPOTENCY_KEY_REUSED');
  END IF;
END $$;
