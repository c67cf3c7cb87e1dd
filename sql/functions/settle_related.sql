-- What a transaction owes to the one that it is about, once its balances are locked and its own row is in the journal: a refund stays within
-- its purchase, a reversal comes once, a capture within its hold, which it resolves. Returns what it frees of the user's held amount.
-- All that relates to one transaction or hold goes through one user's balance, so none of these meets itself at once.
CREATE OR REPLACE FUNCTION public.settle_related(p_transaction_id uuid, p_type text, p_related_id uuid, p_amount numeric) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
  v_original public.journal;
  v_hold public.holds;
  v_others numeric;
BEGIN
  IF p_type = 'EXCHANGE' THEN
    RETURN 0; -- It was settled with its first half.
  ELSIF p_type = 'PURCHASE' THEN
    SELECT * INTO STRICT v_hold FROM public.holds h WHERE h.id = p_related_id;
    PERFORM public.refuse_resolved(v_hold);
    IF p_amount > v_hold.amount THEN
      PERFORM public.refuse('W422C', format('the hold is of %s', v_hold.amount), jsonb_build_object('held', v_hold.amount, 'required', p_amount));
    END IF;
    UPDATE public.holds h SET status = 'captured', resolved_at = clock_timestamp(), transaction_id = p_transaction_id WHERE h.id = p_related_id;
    RETURN v_hold.amount;
  END IF;

  SELECT * INTO STRICT v_original FROM public.journal j WHERE j.id = p_related_id;
  SELECT sum(j.amount) INTO v_others FROM public.journal j
  WHERE j.related_id = p_related_id AND j.type = p_type::public.transaction_type AND j.id <> p_transaction_id;
  IF p_type = 'REFUND' AND v_original.type <> 'PURCHASE' THEN
    PERFORM public.refuse('W409N', 'only a purchase can be refunded');
  ELSIF p_type = 'REVERSAL' AND v_original.type NOT IN ('TOP_UP', 'BONUS') THEN
    PERFORM public.refuse('W409V', 'only a top-up or a bonus can be reversed');
  ELSIF p_type = 'REVERSAL' AND v_others IS NOT NULL THEN
    PERFORM public.refuse('W409A', 'this transaction was reversed before');
  ELSIF p_type = 'REFUND' AND p_amount + coalesce(v_others, 0) > v_original.amount THEN
    PERFORM public.refuse('W422R', 'the refunds would exceed the purchase', jsonb_build_object(
      'refundable', v_original.amount - coalesce(v_others, 0), 'required', p_amount));
  END IF;
  RETURN 0;
END $$;
