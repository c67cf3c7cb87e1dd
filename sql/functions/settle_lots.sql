-- decide_lots for one posting, whose balances are locked. Null after it had to bring a balance up to date
-- first: read them again. The parameters are those of decide_lots and post_transaction. It reads the players'
-- balances alone; the first statement of post_transaction does not, because a whole row costs a posting
-- without lots 6 %.
CREATE OR REPLACE FUNCTION public.settle_lots(
  p_home integer, p_kind text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_at timestamptz, p_key text, p_spec jsonb, p_related_id uuid, p_allow_negative boolean
) RETURNS public.lot_move
LANGUAGE plpgsql AS $$
DECLARE
  v_debit public.balances;
  v_credit public.balances;
BEGIN
  IF p_debit NOT LIKE '$%' THEN
    SELECT * INTO v_debit FROM public.balances b
    WHERE b.home = p_home AND b.handle = p_debit AND b.asset_code = p_asset_code;
  END IF;
  IF p_credit NOT LIKE '$%' THEN
    SELECT * INTO v_credit FROM public.balances b
    WHERE b.home = p_home AND b.handle = p_credit AND b.asset_code = p_asset_code;
  END IF;
  -- A credit may join lots that lie in an order from before.
  IF v_debit.lots IS NOT NULL AND public.refresh_lots(v_debit, p_at)
    OR (v_credit.held > 0 OR v_credit.next_expiry <= p_at) IS TRUE AND public.refresh_lots(v_credit, p_at)
  THEN
    RETURN NULL;
  END IF;
  IF p_allow_negative THEN
    -- A replay takes nothing of what holds reserve.
    PERFORM FROM public.journal j
    WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(public.id_of(0, p_key));
    p_allow_negative := NOT FOUND;
  END IF;
  RETURN public.decide_lots(
    p_kind, v_debit, v_credit, p_amount, p_at, p_spec, p_related_id, p_allow_negative,
    CASE WHEN p_debit = '$clearing' THEN ARRAY(
      SELECT ROW(l.*)::public.lot FROM jsonb_populate_recordset(NULL::public.lot, p_spec) AS l) END);
END $$;
