-- Opens a user's account, or renames it when another name is given. Concurrent calls for one user make one account. act
-- names what was done, and is recorded with principal and reason. It is null when nothing had to change.
DROP FUNCTION IF EXISTS public.put_account(text, text);
CREATE OR REPLACE FUNCTION public.put_account(
  p_user_id text, p_name text, p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  OUT user_id text, OUT name text, OUT status public.account_status, OUT created_at timestamptz, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_id bigint;
  v_name text;
BEGIN
  PERFORM public.require_serializable();
  INSERT INTO public.accounts AS a (handle, name) VALUES (p_user_id, p_name)
  ON CONFLICT (handle) DO NOTHING
  RETURNING a.id INTO v_id;
  IF FOUND THEN
    act := 'OPENED';
    PERFORM public.record_act(v_id, NULL, act, p_principal, p_reason, NULL, jsonb_build_object('name', p_name));
  ELSE
    SELECT a.id, a.name INTO v_id, v_name FROM public.accounts a WHERE a.handle = p_user_id;
    IF p_name <> coalesce(v_name, '') THEN
      act := 'RENAMED';
      UPDATE public.accounts a SET name = p_name WHERE a.id = v_id;
      PERFORM public.record_act(
        v_id, NULL, act, p_principal, p_reason, jsonb_build_object('name', v_name), jsonb_build_object('name', p_name));
    END IF;
  END IF;
  SELECT a.handle, a.name, a.status, a.created_at INTO user_id, name, status, created_at
  FROM public.accounts a WHERE a.id = v_id;
END $$;
GRANT EXECUTE ON FUNCTION public.put_account TO wallet_app;
