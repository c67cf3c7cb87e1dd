-- The handle of an account, a player's or the system's. It inlines.
CREATE OR REPLACE FUNCTION public.handle_of(p_home integer, p_account_id bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_account_id > 0
    THEN (SELECT a.handle FROM public.user_accounts a WHERE a.home = p_home AND a.id = p_account_id)
    ELSE (SELECT s.handle FROM public.system_accounts s WHERE s.id = p_account_id) END
$$;
