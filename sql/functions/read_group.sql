-- The transactions of a group, in the order in which they were posted, as read_transaction gives them.
-- Refuses a group that does not exist.
CREATE OR REPLACE FUNCTION public.read_group(p_group_id uuid)
RETURNS TABLE (data json, spent numeric, unspent numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN QUERY
    SELECT r.data, u.spent, u.unspent
    FROM public.journal j, public.credit_use(j) AS u, public.transaction_replies r
    WHERE j.group_id = p_group_id AND r.home = j.home AND public.claim_of(r.id) = public.claim_of(j.id)
    ORDER BY j.created_at, j.id;
  IF NOT FOUND THEN
    PERFORM public.refuse('GROUP_NOT_FOUND', jsonb_build_object('id', p_group_id));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_group TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_group IS 'Nullable: spent, unspent';
