-- The roots of the tiles of a level, from an index on to before another. hashes: only where they are asked
-- for.
CREATE OR REPLACE FUNCTION public.read_tiles(
  p_level integer, p_from bigint, p_to bigint, p_with_hashes boolean DEFAULT false)
RETURNS TABLE (index bigint, root bytea, hashes bytea, until_xact xid8, until_at text, until_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT t.index, t.root, CASE WHEN p_with_hashes THEN t.hashes END, t.until_xact,
    to_char(t.until_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), t.until_id
  FROM public.tiles t WHERE t.level = p_level AND t.index >= p_from AND t.index < p_to
  ORDER BY t.index
$$;
GRANT EXECUTE ON FUNCTION public.read_tiles TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_tiles IS 'Nullable: hashes';
