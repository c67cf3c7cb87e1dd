-- Checkpoints, oldest first: those after a number, or the last p_limit of all (p_after null).
CREATE OR REPLACE FUNCTION public.read_checkpoints(p_limit integer, p_after bigint DEFAULT NULL)
RETURNS TABLE (
  number bigint, from_cursor text, to_cursor text, upto xid8, size bigint, root bytea, previous bytea,
  digest bytea, signed_at timestamptz, key_id text, signature bytea, anchored boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT * FROM (
    SELECT * FROM public.checkpoints c WHERE p_after IS NULL OR c.number > p_after
    ORDER BY CASE WHEN p_after IS NULL THEN -c.number ELSE c.number END LIMIT p_limit) AS page
  ORDER BY page.number
$$;
GRANT EXECUTE ON FUNCTION public.read_checkpoints TO wallet_reader, wallet_app;
