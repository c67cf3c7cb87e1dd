-- The handle of an account, a player's or the system's; null where there is none.
-- A SQL function with a subquery does not inline, and is planned anew by each call: this costs a sixth of it.
CREATE OR REPLACE FUNCTION public.handle_of(p_home integer, p_account_id bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_account_id > 0 THEN
    RETURN (SELECT a.handle FROM public.user_accounts a WHERE a.home = p_home AND a.id = p_account_id);
  END IF;
  RETURN (SELECT s.handle FROM public.system_accounts s WHERE s.id = p_account_id);
END $$;
