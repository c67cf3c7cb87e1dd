-- A player's account. Refuses an unknown one.
CREATE OR REPLACE FUNCTION public.read_account(p_home integer, p_user_id text, OUT data json)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT public.account_data(a) FROM public.find_account(p_home, p_user_id) AS a
$$;
GRANT EXECUTE ON FUNCTION public.read_account TO wallet_reader, wallet_app;
