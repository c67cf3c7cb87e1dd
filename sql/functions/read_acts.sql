-- The administrative acts on a user's account, newest first; p_before: the id of the last row of the page before. Raises W404U.
CREATE OR REPLACE FUNCTION public.read_acts(p_user_id text, p_limit integer, p_before bigint DEFAULT NULL)
RETURNS TABLE (id text, act text, principal text, reason text, before jsonb, after jsonb, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account_id bigint := (SELECT a.id FROM public.accounts a WHERE a.handle = p_user_id);
BEGIN
  IF v_account_id IS NULL THEN
    PERFORM public.refuse_unknown(ARRAY[p_user_id], NULL);
  END IF;
  RETURN QUERY
    SELECT t.id::text, t.act, t.principal, t.reason, t.before, t.after, t.created_at
    FROM public.administrative_acts t
    WHERE t.account_id = v_account_id AND t.id < coalesce(p_before, 9223372036854775807)
    ORDER BY t.id DESC
    LIMIT p_limit;
END $$;
GRANT EXECUTE ON FUNCTION public.read_acts TO wallet_reader, wallet_app;
