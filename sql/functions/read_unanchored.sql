-- Checkpoints that are not known to lie outside of the database yet, oldest first.
CREATE OR REPLACE FUNCTION public.read_unanchored(p_limit integer)
RETURNS TABLE (
  number bigint, from_cursor text, to_cursor text, upto xid8, size bigint, root bytea, previous bytea,
  digest bytea, signed_at timestamptz, key_id text, signature bytea, anchored boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT * FROM public.checkpoints c WHERE NOT c.anchored ORDER BY c.number LIMIT p_limit
$$;
GRANT EXECUTE ON FUNCTION public.read_unanchored TO wallet_reader;
