-- The first checkpoint that has rows of this number in it; none before it was made.
CREATE OR REPLACE FUNCTION public.find_checkpoint(p_xact xid8)
RETURNS TABLE (
  number bigint, from_cursor text, to_cursor text, upto xid8, size bigint, root bytea, previous bytea,
  digest bytea, signed_at timestamptz, key_id text, signature bytea, anchored boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT * FROM public.checkpoints c WHERE c.upto > p_xact ORDER BY c.upto, c.number LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public.find_checkpoint TO wallet_reader, wallet_app;
