-- What the rulebook says of a posting, whose balances are there and locked. An expired hold does not stand in
-- the way: it is released. The parameters are those of post_transaction and posting_fault.
CREATE OR REPLACE FUNCTION public.check_posting(
  p_home integer, p_kind text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_related public.refusal DEFAULT NULL, p_freed numeric DEFAULT 0, p_allow_negative boolean DEFAULT false
) RETURNS public.refusal
LANGUAGE plpgsql AS $$
DECLARE
  v_rules record;
  v_found record;
BEGIN
  SELECT ROW(k.*)::public.kinds AS kind, s.transferable INTO STRICT v_rules
  FROM public.kinds k, public.asset_types s WHERE k.code = p_kind AND s.code = p_asset_code;
  LOOP
    SELECT r.debit, r.credit, public.posting_fault(
      v_rules.kind, r.debit, r.credit, p_amount, v_rules.transferable, p_related.fault, p_freed,
      p_allow_negative) AS fault
    INTO STRICT v_found
    FROM public.balances d, public.balances c,
      LATERAL (SELECT ROW(d.*)::public.balances AS debit, ROW(c.*)::public.balances AS credit) AS r
    WHERE d.home = p_home AND d.handle = p_debit AND d.asset_code = p_asset_code
      AND c.home = p_home AND c.handle = p_credit AND c.asset_code = p_asset_code;
    EXIT WHEN v_found.fault IS DISTINCT FROM 'INSUFFICIENT_FUNDS'
      OR (v_found.debit).held = 0 OR public.release_expired_holds(v_found.debit) = 0;
  END LOOP;
  IF v_found.fault IS NULL THEN
    RETURN NULL;
  ELSIF v_found.fault = p_related.fault THEN
    RETURN p_related;
  END IF;
  RETURN ROW(v_found.fault, public.posting_facts(v_found.debit, v_found.credit, p_amount, p_freed));
END $$;
