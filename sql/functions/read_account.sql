-- A user's account (W404U when there is none).
CREATE OR REPLACE FUNCTION public.read_account(
  p_user_id text, OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  SELECT a.handle, a.name, a.status, a.created_at INTO user_id, name, status, created_at
  FROM public.accounts a WHERE a.handle = p_user_id;
  IF NOT FOUND THEN
    PERFORM public.refuse_unknown(ARRAY[p_user_id], NULL);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_account TO wallet_reader, wallet_app;
