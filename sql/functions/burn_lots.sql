-- Takes a debit's amount of a player's lots: of what its hold reserves first, or of the lot that the credit
-- made which it takes back, and then in burn order. A debit that may leave the player below zero also takes
-- what holds reserve, after all else, and out of the holds' rows. The parameters are those of decide_lots.
CREATE OR REPLACE FUNCTION public.burn_lots(
  p_kind text, p_debit public.balances, p_amount numeric, p_at timestamptz, p_spec jsonb, p_related_id uuid,
  p_allow_negative boolean) RETURNS public.taking
LANGUAGE plpgsql AS $$
DECLARE
  v_first public.taking := ROW('{}', p_debit.lots, p_amount);
  v_taking public.taking;
  v_hold record;
BEGIN
  IF p_kind = 'PURCHASE' AND p_related_id IS NOT NULL THEN
    v_first := public.take_lots(
      (SELECT h.lots FROM public.holds h WHERE h.home = p_debit.home AND h.id = p_related_id), p_amount,
      NULL);
    v_first.lots := public.put_lots(p_debit.lots, v_first.lots, p_debit.burn_order);
  ELSIF p_kind = 'REVERSAL' THEN
    v_first := public.take_lots(p_debit.lots, p_amount, p_at, (
      SELECT jsonb_build_object('lotId', j.lots[1].id) FROM public.journal j
      WHERE j.home = p_debit.home AND public.claim_of(j.id) = public.claim_of(p_related_id)));
  END IF;
  v_taking := public.take_lots(v_first.lots, v_first.missing, p_at, p_spec);
  v_taking.taken := v_first.taken || v_taking.taken;
  IF v_taking.missing > 0 AND p_allow_negative AND (p_spec ? 'lotId') IS NOT TRUE THEN
    FOR v_hold IN
      SELECT h.id, h.lots FROM public.holds h
      WHERE h.home = p_debit.home AND h.account_id = p_debit.account_id
        AND h.asset_type_id = p_debit.asset_type_id AND h.status = 'active'
      ORDER BY h.created_at, h.id
    LOOP
      v_first := public.take_lots(v_hold.lots, v_taking.missing, NULL);
      UPDATE public.holds h SET lots = v_first.lots WHERE h.home = p_debit.home AND h.id = v_hold.id;
      v_taking.taken := v_taking.taken || v_first.taken;
      v_taking.missing := v_first.missing;
      EXIT WHEN v_taking.missing = 0;
    END LOOP;
  END IF;
  RETURN v_taking;
END $$;
