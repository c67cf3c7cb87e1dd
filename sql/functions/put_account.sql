-- Opens a user's account, or renames it when a name is given. Concurrent calls for one user make one account.
CREATE OR REPLACE FUNCTION public.put_account(
  p_user_id text, p_name text,
  OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz, OUT created boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  PERFORM public.require_serializable();
  INSERT INTO public.accounts AS a (handle, name) VALUES (p_user_id, p_name)
  ON CONFLICT (handle) DO NOTHING
  RETURNING a.handle, a.name, a.status, a.created_at, true INTO user_id, name, status, created_at, created;
  IF FOUND THEN
    RETURN;
  END IF;
  UPDATE public.accounts a SET name = p_name WHERE a.handle = p_user_id AND a.name IS DISTINCT FROM p_name AND p_name IS NOT NULL;
  SELECT a.handle, a.name, a.status, a.created_at, false INTO user_id, name, status, created_at, created
  FROM public.accounts a WHERE a.handle = p_user_id;
END $$;
GRANT EXECUTE ON FUNCTION public.put_account TO wallet_app;
