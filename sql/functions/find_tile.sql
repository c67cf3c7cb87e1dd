-- The tile that the leaf of this place lies in; none while it is not whole.
CREATE OR REPLACE FUNCTION public.find_tile(p_xact xid8, p_at timestamptz, p_id uuid)
RETURNS TABLE (index bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT t.index FROM public.tiles t
  WHERE t.level = 0 AND (t.until_xact, t.until_at, t.until_id) >= (p_xact, p_at, p_id)
  ORDER BY t.until_xact, t.until_at, t.until_id LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public.find_tile TO wallet_reader, wallet_app;
