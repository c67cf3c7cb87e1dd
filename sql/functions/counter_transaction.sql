-- Gives a purchase back (REFUND; p_amount null: what is left of it), or takes a top-up or bonus back (REVERSAL, whole): posts between the
-- same two accounts the other way round. p_allow_negative: the user may be left below zero. refundable: what is left after this refund.
-- Raises W404T and what post_transaction raises.
CREATE OR REPLACE FUNCTION public.counter_transaction(
  p_transaction_id uuid, p_type text, p_original_id uuid, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text, p_allow_negative boolean,
  OUT transaction_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT balance numeric, OUT refundable numeric,
  OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v record;
  v_posted record;
  v_rest numeric;
BEGIN
  SELECT j.amount, d.handle AS debit, c.handle AS credit, s.code AS asset_code INTO v
  FROM public.journal j
  JOIN public.accounts d ON d.id = j.debit_account_id
  JOIN public.accounts c ON c.id = j.credit_account_id
  JOIN public.asset_types s ON s.id = j.asset_type_id
  WHERE j.id = p_original_id AND j.type <> 'HOLD';
  IF NOT FOUND THEN
    PERFORM public.refuse('W404T', format('transaction %s does not exist', p_original_id));
  END IF;
  SELECT v.amount - coalesce(sum(j.amount), 0) INTO v_rest FROM public.journal j WHERE j.related_id = p_original_id AND j.type = 'REFUND';

  -- With nothing left, any amount is refused by its rule, or the key is found to be a replay's.
  SELECT * INTO v_posted FROM public.post_transaction(
    p_transaction_id, p_type, v.credit, v.debit, v.asset_code, coalesce(p_amount, CASE WHEN v_rest > 0 THEN v_rest ELSE v.amount END),
    p_key, p_request_hash, p_metadata, p_principal, NULL, p_original_id, p_allow_negative);
  transaction_id := v_posted.transaction_id;
  user_id := CASE p_type WHEN 'REFUND' THEN v.debit ELSE v.credit END;
  asset_code := v.asset_code;
  balance := CASE p_type WHEN 'REFUND' THEN v_posted.credit_balance ELSE v_posted.debit_balance END;
  created_at := v_posted.created_at;
  replayed := v_posted.replayed;
  -- Also of a replay as of then: a purchase's refunds credit one balance, whose entries are numbered.
  SELECT j.amount, v.amount - (SELECT sum(r.amount) FROM public.journal r WHERE r.related_id = p_original_id AND r.type = 'REFUND' AND r.credit_seq <= j.credit_seq)
  INTO amount, refundable
  FROM public.journal j WHERE j.id = transaction_id;
END $$;
GRANT EXECUTE ON FUNCTION public.counter_transaction TO wallet_app;
