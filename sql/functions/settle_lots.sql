-- decide_lots for one posting. Null after it had to bring a balance up to date first: read them again. The
-- parameters are those of decide_lots and post_transaction.
CREATE OR REPLACE FUNCTION public.settle_lots(
  p_debit public.balances, p_credit public.balances, p_kind text, p_amount numeric, p_at timestamptz,
  p_key text, p_spec jsonb, p_related_id uuid, p_allow_negative boolean
) RETURNS public.lot_move
LANGUAGE plpgsql AS $$
BEGIN
  -- A credit may join lots that lie in an order from before.
  IF p_debit.lots IS NOT NULL AND public.refresh_lots(p_debit, p_at)
    OR (p_credit.held > 0 OR p_credit.next_expiry <= p_at) IS TRUE AND public.refresh_lots(p_credit, p_at)
  THEN
    RETURN NULL;
  END IF;
  RETURN public.decide_lots(
    p_kind, p_debit, p_credit, p_amount, p_at, p_spec, p_related_id, p_allow_negative,
    CASE WHEN p_debit.handle = '$clearing' THEN (
      SELECT j.lots FROM public.journal j
      WHERE public.claim_of(j.id) = public.claim_of(public.id_of(0, p_key))) END);
END $$;
