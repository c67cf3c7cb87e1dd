-- For how many seconds the oldest row that was committed has been held back from readers of events, by a
-- transaction that is still open; 0 when there is none. Any database of the cluster can hold them back.
CREATE OR REPLACE FUNCTION public.read_held_back(OUT seconds integer)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT coalesce(greatest(0, extract(epoch FROM clock_timestamp() - min(j.created_at)))::integer, 0)
  FROM public.journal j WHERE j.xact >= public.horizon()
$$;
GRANT EXECUTE ON FUNCTION public.read_held_back TO wallet_reader;
