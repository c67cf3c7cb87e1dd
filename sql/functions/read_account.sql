-- A player's account. Refuses an unknown one.
CREATE OR REPLACE FUNCTION public.read_account(
  p_home integer, p_user_id text,
  OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT a.handle, a.name, a.status, a.created_at FROM public.find_account(p_home, p_user_id) AS a
$$;
GRANT EXECUTE ON FUNCTION public.read_account TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_account IS 'Nullable: name';
