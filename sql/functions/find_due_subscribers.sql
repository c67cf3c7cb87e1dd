-- The subscribers that are due, and for which there is something that they were not told. It is read before a
-- lease is taken (lease_subscriber), so that one with nothing to hear costs no write.
CREATE OR REPLACE FUNCTION public.find_due_subscribers() RETURNS TABLE (name text)
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
  SELECT s.name FROM public.subscribers s
  WHERE public.is_due(s) AND EXISTS (SELECT FROM public.read_events(1, s.cursor, '{}'))
  ORDER BY s.name
$$;
GRANT EXECUTE ON FUNCTION public.find_due_subscribers TO wallet_reader, wallet_app;
