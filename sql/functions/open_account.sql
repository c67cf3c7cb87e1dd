-- Opens a player's account, unless there is one; whether it did. Concurrent calls for one player make one
-- account.
CREATE OR REPLACE FUNCTION public.open_account(
  p_home integer, p_user_id text, p_name text, p_principal text, p_reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  RETURN (public.open_accounts(
    jsonb_build_array(jsonb_build_object('home', p_home, 'user_id', p_user_id, 'name', p_name)),
    p_principal, p_reason)).created > 0;
END $$;
