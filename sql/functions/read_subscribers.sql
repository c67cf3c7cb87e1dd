-- Every subscriber, by name. lag_seconds: for how long the oldest event that it was not told has been
-- committed; 0 when it was told all.
CREATE OR REPLACE FUNCTION public.read_subscribers() RETURNS TABLE (data json, lag_seconds integer)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT public.subscriber_data(s), coalesce(greatest(0, extract(epoch FROM clock_timestamp() - (
    SELECT e.created_at FROM public.read_events(1, s.cursor, '{}') AS e)))::integer, 0)
  FROM public.subscribers s ORDER BY s.name
$$;
GRANT EXECUTE ON FUNCTION public.read_subscribers TO wallet_reader, wallet_app;
