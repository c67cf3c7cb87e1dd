-- How much of these lots has expired at a time.
CREATE OR REPLACE FUNCTION public.expired_amount(p_lots public.lot[], p_at timestamptz) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN coalesce((SELECT sum(l.amount) FROM unnest(p_lots) AS l WHERE l.expires_at <= p_at), 0);
END $$;
