-- What the rulebook says of a posting. This locks its balances, and makes those that are missing. An expired
-- hold does not stand in the way: it is released. The parameters are those of post_transaction and
-- posting_fault.
CREATE OR REPLACE FUNCTION public.check_posting(
  p_home integer, p_kind text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_related public.refusal DEFAULT NULL, p_freed numeric DEFAULT 0, p_allow_negative boolean DEFAULT false
) RETURNS public.refusal
LANGUAGE plpgsql AS $$
DECLARE
  v_debit public.balances := public.lock_balance(p_home, p_debit, p_asset_code);
  v_credit public.balances := public.lock_balance(p_home, p_credit, p_asset_code);
  v_kind public.kinds;
  v_transferable boolean;
  v_fault public.fault;
BEGIN
  SELECT * INTO STRICT v_kind FROM public.kinds k WHERE k.code = p_kind;
  IF p_kind = 'TRANSFER' THEN
    SELECT s.transferable INTO STRICT v_transferable FROM public.asset_types s WHERE s.code = p_asset_code;
  END IF;
  v_fault := public.posting_fault(
    v_kind, v_debit, v_credit, p_amount, v_transferable, p_related.fault, p_freed, p_allow_negative);
  IF v_fault = 'INSUFFICIENT_FUNDS' AND v_debit.held > 0 THEN
    v_debit.held := v_debit.held - public.release_expired_holds(v_debit);
    v_fault := public.posting_fault(
      v_kind, v_debit, v_credit, p_amount, v_transferable, p_related.fault, p_freed, p_allow_negative);
  END IF;
  IF v_fault IS NULL THEN
    RETURN NULL;
  ELSIF v_fault = p_related.fault THEN
    RETURN p_related;
  END IF;
  RETURN ROW(v_fault, public.posting_facts(v_debit, v_credit, p_amount, p_freed));
END $$;
