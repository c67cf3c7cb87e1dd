-- A hold as it stands now. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.read_hold(p_home integer, p_hold_id uuid, OUT data json)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT public.hold_data(h, public.hold_status_now(h)) FROM public.find_hold(p_home, p_hold_id) AS h
$$;
GRANT EXECUTE ON FUNCTION public.read_hold TO wallet_reader, wallet_app;
