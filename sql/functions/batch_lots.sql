-- decide_lots for a leg of a batch, with its balances as they are when its turn comes; nulls where neither
-- has lots. p_pieces: of a second leg, what the first has burned.
CREATE OR REPLACE FUNCTION public.batch_lots(
  p_leg public.batch_leg, p_debit public.balances, p_credit public.balances, p_at timestamptz,
  p_pieces public.lot[] DEFAULT NULL
) RETURNS public.lot_move
LANGUAGE plpgsql AS $$
DECLARE
  v_none public.lot_move;
BEGIN
  IF p_leg.burn_order IS NULL AND p_leg.lots IS NULL THEN
    RETURN v_none;
  END IF;
  RETURN public.decide_lots(
    (p_leg.kind).code, p_debit, p_credit, p_leg.amount, p_at,
    CASE WHEN p_leg.leg = '' THEN p_leg.lots END, p_pieces => p_pieces);
END $$;
