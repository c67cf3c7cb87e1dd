-- A page of the players' accounts, in the order of their homes and userIds. p_prefix: what their userIds
-- begin with.
-- p_after_home and p_after_user_id: the last row of the page before.
CREATE OR REPLACE FUNCTION public.read_accounts(
  p_limit integer, p_status text DEFAULT NULL, p_prefix text DEFAULT NULL, p_after_home integer DEFAULT NULL,
  p_after_user_id text DEFAULT NULL)
RETURNS TABLE (data json, home integer, user_id text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT public.account_data(ROW(a.*)::public.user_accounts), a.home, a.handle
    FROM public.user_accounts a
    WHERE a.salt IS NOT NULL
      AND (a.home, a.handle) > (coalesce(p_after_home, -1), coalesce(p_after_user_id, ''))
      AND (p_status IS NULL OR a.status::text = p_status)
      AND (p_prefix IS NULL OR starts_with(a.handle, p_prefix))
    ORDER BY a.home, a.handle
    LIMIT p_limit;
END $$;
GRANT EXECUTE ON FUNCTION public.read_accounts TO wallet_reader, wallet_app;
