-- Takes an amount of lots that lie in burn order, from the first on: the only place that decides which lots
-- go. One that has expired at p_at is passed over (null: none is), and so is one that p_only leaves out, as
-- JSON {origin, sources, lotId}. Of a part of a lot the cost is its share, rounded down to six decimals.
CREATE OR REPLACE FUNCTION public.take_lots(
  p_lots public.lot[], p_amount numeric, p_at timestamptz, p_only jsonb DEFAULT NULL) RETURNS public.taking
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v_taken public.lot[] := '{}';
  v_lots public.lot[] := '{}';
  v_missing numeric := p_amount;
  v_lot public.lot;
  v_cost numeric;
BEGIN
  FOR v_i IN 1 .. cardinality(p_lots) LOOP
    v_lot := p_lots[v_i];
    IF v_lot.expires_at <= p_at OR p_only IS NOT NULL AND (
      v_lot.origin::text <> p_only->>'origin' OR v_lot.id::text <> p_only->>'lotId'
      OR (p_only->'sources' ? v_lot.source) IS FALSE OR p_only ? 'sources' AND v_lot.source IS NULL)
    THEN
      v_lots := v_lots || v_lot;
    ELSIF v_lot.amount <= v_missing THEN
      v_taken := v_taken || v_lot;
      v_missing := v_missing - v_lot.amount;
    ELSE
      v_cost := div(v_lot.cost * 1000000 * v_missing, v_lot.amount) * 0.000001;
      -- The whole answer as one expression: each costs more than what it does.
      RETURN ROW(
        CASE WHEN v_missing = 0 THEN v_taken ELSE v_taken || ROW(
          v_lot.id, v_lot.origin, v_lot.source, v_lot.priority, v_lot.expires_at, v_lot.currency,
          v_lot.made_at, v_missing, v_cost, v_lot.was_until)::public.lot END,
        v_lots || ROW(
          v_lot.id, v_lot.origin, v_lot.source, v_lot.priority, v_lot.expires_at, v_lot.currency,
          v_lot.made_at, v_lot.amount - v_missing, v_lot.cost - v_cost, v_lot.was_until)::public.lot
          || p_lots[v_i + 1:],
        0)::public.taking;
    END IF;
  END LOOP;
  RETURN ROW(v_taken, v_lots, v_missing)::public.taking;
END $$;
