-- Puts pieces of lots among lots that lie in burn order: each joins the lot that it is alike to, which
-- becomes as old as the older of both, or takes its place among them.
CREATE OR REPLACE FUNCTION public.put_lots(
  p_lots public.lot[], p_pieces public.lot[], p_order public.burn_order) RETURNS public.lot[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_lots public.lot[] := p_lots;
  v_piece public.lot;
  v_lot public.lot;
  v_key numeric[];
  v_place integer;
BEGIN
  FOREACH v_piece IN ARRAY p_pieces LOOP
    v_place := NULL;
    FOR v_i IN 1 .. cardinality(v_lots) LOOP
      v_lot := v_lots[v_i];
      IF v_lot.id = v_piece.id THEN
        v_place := v_i;
        EXIT;
      END IF;
    END LOOP;
    IF v_place IS NOT NULL THEN
      v_lot.amount := v_lot.amount + v_piece.amount;
      v_lot.cost := coalesce(v_lot.cost + v_piece.cost, v_lot.cost, v_piece.cost);
      v_lots[v_place] := v_lot;
      CONTINUE WHEN v_lot.made_at <= v_piece.made_at;
      v_lot.made_at := v_piece.made_at;
      v_lots := v_lots[:v_place - 1] || v_lots[v_place + 1:];
    ELSE
      v_lot := v_piece;
      v_lot.was_until := NULL;
    END IF;
    v_key := public.burn_key(p_order, v_lot);
    v_place := cardinality(v_lots) + 1;
    FOR v_i IN 1 .. cardinality(v_lots) LOOP
      IF v_key < public.burn_key(p_order, v_lots[v_i]) THEN
        v_place := v_i;
        EXIT;
      END IF;
    END LOOP;
    v_lots := v_lots[:v_place - 1] || v_lot || v_lots[v_place:];
  END LOOP;
  RETURN v_lots;
END $$;
