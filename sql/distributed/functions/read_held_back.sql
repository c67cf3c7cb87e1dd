-- On several nodes: nothing is told in commit order, so nothing is held back.
CREATE OR REPLACE FUNCTION public.read_held_back(OUT seconds integer)
LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT 0 $$;
GRANT EXECUTE ON FUNCTION public.read_held_back TO wallet_reader;
