-- Gives a purchase back (REFUND), or takes a top-up or bonus back (REVERSAL), in part or, with p_amount null,
-- what is left of it: posts between the same two accounts the other way round. p_home is the home that
-- p_original_id ends with. Without lots a reversal is whole.
-- p_take_what_is_left: takes no more than the player has to spend.
-- refundable: what is left of the original after this. shortfall: what a reversal wanted and did not take.
-- Refuses what post_transaction refuses.
CREATE OR REPLACE FUNCTION public.undo_transaction(
  p_home integer, p_kind text, p_original_id uuid, p_amount numeric, p_key text, p_request_hash bytea,
  p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  p_take_what_is_left boolean DEFAULT false,
  OUT transaction_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT balance numeric,
  OUT refundable numeric, OUT created_at timestamptz, OUT replayed boolean, OUT lots jsonb,
  OUT shortfall numeric
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_original record;
  v_wanted numeric;
  v_balance public.balances;
  v_posted record;
BEGIN
  SELECT t.amount, t.amount - undone.amount AS rest, s.code AS asset_code,
    public.handle_of(p_home, t.credit_account_id) AS debit,
    public.handle_of(p_home, t.debit_account_id) AS credit
  INTO v_original
  FROM public.find_transaction(p_home, p_original_id) AS t
  JOIN public.asset_types s ON s.id = t.asset_type_id,
  (
    SELECT coalesce(sum(j.amount), 0) AS amount FROM public.journal j
    WHERE j.home = p_home AND j.related_id = p_original_id AND j.kind = p_kind
  ) AS undone;
  -- With nothing left, any amount is refused by its rule, or the key is found to be a replay's.
  v_wanted := coalesce(p_amount, nullif(v_original.rest, 0), v_original.amount);
  amount := v_wanted;
  IF p_take_what_is_left THEN
    v_balance := public.lock_balance(p_home, v_original.debit, v_original.asset_code);
    WHILE public.refresh_lots(v_balance, clock_timestamp()) LOOP
      v_balance := public.lock_balance(p_home, v_original.debit, v_original.asset_code);
    END LOOP;
    -- What is too much, or too fine, is refused as it is; and so is what meets a balance with nothing left.
    IF v_wanted <= v_original.rest AND scale(v_wanted) <= v_balance.scale
      AND v_balance.balance > v_balance.held THEN
      amount := least(v_wanted, v_balance.balance - v_balance.held);
    END IF;
  END IF;

  SELECT * INTO v_posted FROM public.post_transaction(
    p_home, p_kind, v_original.debit, v_original.credit, v_original.asset_code, amount,
    p_key, p_request_hash, p_metadata, p_principal, p_related_id => p_original_id,
    p_allow_negative => p_allow_negative,
    p_lots => CASE WHEN p_kind = 'REVERSAL' AND (p_amount IS NOT NULL OR p_take_what_is_left)
      THEN '{}'::jsonb END);
  transaction_id := v_posted.transaction_id;
  asset_code := v_original.asset_code;
  user_id := CASE WHEN p_kind = 'REFUND' THEN v_original.credit ELSE v_original.debit END;
  balance := CASE WHEN p_kind = 'REFUND' THEN v_posted.credit_balance ELSE v_posted.debit_balance END;
  created_at := v_posted.created_at;
  replayed := v_posted.replayed;
  lots := v_posted.lots;
  -- Also of a replay as of then: all that undoes one transaction moves one balance, whose entries are
  -- numbered.
  SELECT j.amount, v_original.amount - undone.amount,
    coalesce(p_amount, v_original.amount - undone.amount + j.amount) - j.amount
  INTO amount, refundable, shortfall
  FROM public.journal j
  CROSS JOIN LATERAL (
    SELECT sum(r.amount) AS amount FROM public.journal r
    WHERE r.home = p_home AND r.related_id = p_original_id AND r.kind = p_kind
      AND (r.debit_seq <= j.debit_seq AND p_kind = 'REVERSAL'
        OR r.credit_seq <= j.credit_seq AND p_kind = 'REFUND')) AS undone
  WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(transaction_id);
END $$;
GRANT EXECUTE ON FUNCTION public.undo_transaction TO wallet_app;
COMMENT ON FUNCTION public.undo_transaction IS 'Nullable: lots';
