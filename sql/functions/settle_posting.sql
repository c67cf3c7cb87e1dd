-- What is left to decide and to do of a posting that is not plain, once it has claimed its key and before it
-- moves: every rule, and what it owes to the transaction or hold that it is about. A refusal takes all of it
-- back.
CREATE OR REPLACE FUNCTION public.settle_posting(
  p_home integer, p_transaction_id uuid, p_kind text, p_debit text, p_credit text, p_asset_code text,
  p_amount numeric,
  p_related_id uuid, p_allow_negative boolean, p_other public.refusal
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_related record;
  v_refusal public.refusal;
BEGIN
  SELECT * INTO v_related
  FROM public.check_related(p_home, p_transaction_id, p_kind, p_related_id, p_asset_code, p_amount);
  v_refusal := least(p_other, public.check_posting(
    p_home, p_kind, p_debit, p_credit, p_asset_code, p_amount, v_related.refusal, v_related.freed,
    p_allow_negative));
  IF v_refusal.fault IS NOT NULL THEN
    PERFORM public.refuse(v_refusal.fault, v_refusal.about);
  ELSIF v_related.freed > 0 THEN
    PERFORM public.end_hold(p_home, p_related_id, 'captured', p_transaction_id);
    UPDATE public.balances b SET held = b.held - v_related.freed
    WHERE b.home = p_home AND b.handle = p_debit AND b.asset_code = p_asset_code;
  END IF;
END $$;
