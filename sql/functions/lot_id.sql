-- The id of the lot that a player has of credits with this past: a uuid of version 8, so that equal pasts are
-- one lot. It is one lot's within a balance. It inlines.
CREATE OR REPLACE FUNCTION public.lot_id(p_lot public.lot) RETURNS uuid
LANGUAGE sql STABLE AS $$
  SELECT public.id_of(0, format(
    E'lot\n%s\n%s\n%s\n%s\n%s', p_lot.origin, p_lot.source, p_lot.priority,
    extract(epoch FROM p_lot.expires_at), p_lot.currency))
$$;
