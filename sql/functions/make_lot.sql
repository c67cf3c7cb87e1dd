-- The lot that a credit makes. p_spec: what the request says of it, as JSON {origin, source, priority,
-- expiresAt, expiresInSeconds, cost: {amount, currency}}. A time of expiry is cut to the second.
CREATE OR REPLACE FUNCTION public.make_lot(
  p_kind text, p_amount numeric, p_at timestamptz, p_spec jsonb DEFAULT NULL) RETURNS public.lot
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_lot public.lot := ROW(
    NULL, coalesce(p_spec->>'origin', CASE WHEN p_kind = 'TOP_UP' THEN 'paid' ELSE 'free' END),
    p_spec->>'source', coalesce((p_spec->>'priority')::smallint, 50),
    date_trunc('second', coalesce(
      (p_spec->>'expiresAt')::timestamptz,
      p_at + (p_spec->>'expiresInSeconds')::integer * interval '1 second')),
    p_spec#>>'{cost,currency}', p_at, p_amount, (p_spec#>>'{cost,amount}')::numeric, NULL);
BEGIN
  v_lot.id := public.lot_id(v_lot);
  RETURN v_lot;
END $$;
