-- Whether a transaction may be about the transaction or hold that it names: a refund stays within its
-- purchase, a reversal within its credit, a capture stays within its hold. The balances are locked, and the
-- row itself is in the journal.
-- freed: what it frees of the player's held amount, the whole hold of a capture.
-- All that relates to one transaction or hold locks the same player's balance, so two of them are never
-- decided at once.
CREATE OR REPLACE FUNCTION public.check_related(
  p_home integer, p_transaction_id uuid, p_kind text, p_related_id uuid, p_asset_code text, p_amount numeric,
  OUT refusal public.refusal, OUT freed numeric
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  v_hold public.holds;
  v_relates_to text[];
  v_refundable numeric;
  v_fault public.fault;
BEGIN
  freed := 0;
  IF p_related_id IS NULL THEN
    RETURN;
  ELSIF p_kind = 'PURCHASE' THEN
    SELECT * INTO STRICT v_hold FROM public.holds h WHERE h.home = p_home AND h.id = p_related_id;
    freed := v_hold.amount;
    v_fault := coalesce(
      public.hold_fault(v_hold),
      CASE WHEN p_amount > v_hold.amount THEN 'CAPTURE_EXCEEDS_HOLD'::public.fault END);
  ELSE
    v_relates_to := (SELECT k.relates_to FROM public.kinds k WHERE k.code = p_kind);
    SELECT original.amount - coalesce(others.amount, 0), CASE
      WHEN NOT ARRAY[original.kind, '*'] && v_relates_to
        THEN CASE WHEN p_kind = 'REFUND' THEN 'NOT_REFUNDABLE' ELSE 'NOT_REVERSIBLE' END
      WHEN p_kind = 'REVERSAL' AND others.amount >= original.amount THEN 'ALREADY_REVERSED'
      WHEN p_kind IN ('REFUND', 'REVERSAL') AND p_amount + coalesce(others.amount, 0) > original.amount
        THEN 'REFUND_EXCEEDS_ORIGINAL'
    END
    INTO STRICT v_refundable, v_fault
    FROM public.journal original, (
      SELECT sum(j.amount) AS amount FROM public.journal j
      WHERE j.home = p_home AND j.related_id = p_related_id AND j.kind = p_kind AND j.id <> p_transaction_id
    ) AS others
    WHERE original.home = p_home AND public.claim_of(original.id) = public.claim_of(p_related_id);
  END IF;
  IF v_fault IS NOT NULL THEN
    refusal := ROW(v_fault, jsonb_build_object(
      'held', v_hold.amount, 'refundable', v_refundable, 'required', p_amount));
  END IF;
END $$;
