-- The administrative acts on a player's account, newest first; p_before: the id of the last row of the page
-- before. Refuses an unknown player.
CREATE OR REPLACE FUNCTION public.read_acts(p_home integer, p_user_id text, p_limit integer,
  p_before bigint DEFAULT NULL)
RETURNS TABLE (id text, act text, principal text, reason text, before jsonb, after jsonb,
  created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
BEGIN
  RETURN QUERY
    SELECT t.id::text, t.act, t.principal, t.reason, t.before, t.after, t.created_at
    FROM public.administrative_acts t
    WHERE t.home = p_home AND t.account_id = v_account.id AND t.id < coalesce(p_before, 9223372036854775807)
    ORDER BY t.id DESC
    LIMIT p_limit;
END $$;
GRANT EXECUTE ON FUNCTION public.read_acts TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_acts IS 'Nullable: principal, reason, before';
