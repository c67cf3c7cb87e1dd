-- The first answer to a key that was claimed before; refuses when it was claimed by another request.
CREATE OR REPLACE FUNCTION public.replay_transaction(
  p_key text, p_request_hash bytea,
  OUT transaction_id uuid, OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  SELECT j.id, j.debit_balance, j.credit_balance, j.created_at, true
  INTO transaction_id, debit_balance, credit_balance, created_at, replayed
  FROM public.journal j
  WHERE j.idempotency_key = p_key AND j.request_hash = p_request_hash;
  IF NOT FOUND THEN
    PERFORM public.refuse('W422K', 'this idempotency key was used by another request');
  END IF;
END $$;
