-- Gives a purchase back (REFUND; p_amount null: what is left of it), or takes a top-up or bonus back
-- (REVERSAL, whole): posts between the same two accounts the other way round. p_home is the home that
-- p_original_id ends with.
-- refundable: what is left of a purchase after this refund. Refuses what post_transaction refuses.
CREATE OR REPLACE FUNCTION public.undo_transaction(
  p_home integer, p_kind text, p_original_id uuid, p_amount numeric, p_key text, p_request_hash bytea,
  p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  OUT transaction_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT balance numeric,
  OUT refundable numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_original record;
  v_posted record;
BEGIN
  SELECT t.amount, t.amount - refunds.amount AS refundable, s.code AS asset_code,
    public.handle_of(p_home, t.credit_account_id) AS debit,
    public.handle_of(p_home, t.debit_account_id) AS credit
  INTO v_original
  FROM public.find_transaction(p_home, p_original_id) AS t
  JOIN public.asset_types s ON s.id = t.asset_type_id,
  (
    SELECT coalesce(sum(j.amount), 0) AS amount FROM public.journal j
    WHERE j.home = p_home AND j.related_id = p_original_id AND j.kind = 'REFUND'
  ) AS refunds;

  SELECT * INTO v_posted FROM public.post_transaction(
    p_home, p_kind, v_original.debit, v_original.credit, v_original.asset_code,
    -- With nothing left, any amount is refused by its rule, or the key is found to be a replay's.
    coalesce(p_amount, nullif(v_original.refundable, 0), v_original.amount),
    p_key, p_request_hash, p_metadata, p_principal, p_related_id => p_original_id,
    p_allow_negative => p_allow_negative);
  transaction_id := v_posted.transaction_id;
  asset_code := v_original.asset_code;
  user_id := CASE WHEN p_kind = 'REFUND' THEN v_original.credit ELSE v_original.debit END;
  balance := CASE WHEN p_kind = 'REFUND' THEN v_posted.credit_balance ELSE v_posted.debit_balance END;
  created_at := v_posted.created_at;
  replayed := v_posted.replayed;
  -- Also of a replay as of then: a purchase's refunds credit one balance, whose entries are numbered.
  SELECT j.amount, v_original.amount - (
    SELECT coalesce(sum(r.amount), 0) FROM public.journal r
    WHERE r.home = p_home AND r.related_id = p_original_id AND r.kind = 'REFUND'
      AND r.credit_seq <= j.credit_seq)
  INTO amount, refundable
  FROM public.journal j WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(transaction_id);
END $$;
GRANT EXECUTE ON FUNCTION public.undo_transaction TO wallet_app;
