-- Which lots a posting moves between its two balances, which are as they were before it, locked, with nothing
-- in them that has expired at p_at; or why it may not. A system account's may be null.
-- p_spec: of a credit see make_lot, of a debit see take_lots. p_related_id: the hold that it captures, the
-- credit that it takes back, or the purchase that it gives back. p_pieces: of a transfer's second half, what
-- its first half has burned. What a posting moves to a player adds up to its amount; what the player owes is
-- filled with the first of it (made_lots).
CREATE OR REPLACE FUNCTION public.decide_lots(
  p_kind text, p_debit public.balances, p_credit public.balances, p_amount numeric, p_at timestamptz,
  p_spec jsonb DEFAULT NULL, p_related_id uuid DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  p_pieces public.lot[] DEFAULT NULL) RETURNS public.lot_move
LANGUAGE plpgsql AS $$
DECLARE
  v_move public.lot_move;
  v_taking public.taking;
  v_pieces public.lot[] := p_pieces;
BEGIN
  IF p_debit.lots IS NULL AND p_credit.lots IS NULL THEN
    v_move.refusal := ROW('ASSET_WITHOUT_LOTS', jsonb_build_object(
      'assetCode', coalesce(p_debit.asset_code, p_credit.asset_code)));
    RETURN v_move;
  END IF;
  v_move.debit_lots := p_debit.lots;
  v_move.credit_lots := p_credit.lots;

  IF p_debit.lots IS NOT NULL THEN
    v_taking := public.burn_lots(p_kind, p_debit, p_amount, p_at, p_spec, p_related_id, p_allow_negative);
    v_move.moved := v_taking.taken;
    v_move.debit_lots := v_taking.lots;
    -- A lot that was named is never overdrawn: others would stay while the player owes.
    IF v_taking.missing > 0 AND (NOT p_allow_negative OR p_spec ? 'lotId') THEN
      v_move.refusal := ROW('INSUFFICIENT_FUNDS', public.posting_facts(p_debit, p_credit, p_amount)
        || jsonb_build_object('available', p_amount - v_taking.missing));
      RETURN v_move;
    END IF;
  END IF;

  IF p_credit.lots IS NOT NULL THEN
    IF p_kind = 'REFUND' THEN
      v_pieces := public.returned_lots(p_credit.home, p_related_id, p_amount, p_at);
    ELSIF p_kind = 'TRANSFER' THEN
      v_pieces := coalesce(p_pieces, v_move.moved, '{}');
    ELSE
      v_pieces := ARRAY[public.make_lot(p_kind, p_amount, p_at, p_spec)];
      v_move.refusal := public.lot_refusal(v_pieces[1], p_credit.asset_type_id, p_at);
    END IF;
    v_move.moved := v_pieces;
    v_move.credit_lots := public.put_lots(
      p_credit.lots, public.made_lots(v_pieces, p_amount, p_credit.balance + p_amount), p_credit.burn_order);
    IF public.count_lots(p_credit, v_move.credit_lots) > 256 THEN
      v_move.refusal := least(v_move.refusal, ROW('TOO_MANY_LOTS', '{}')::public.refusal);
    END IF;
  END IF;
  RETURN v_move;
END $$;
