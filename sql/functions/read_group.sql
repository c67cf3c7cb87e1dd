-- The transactions of a group, in the order in which they were posted: two rows of each, as read_transaction
-- gives them. Refuses a group that does not exist.
CREATE OR REPLACE FUNCTION public.read_group(p_group_id uuid)
RETURNS TABLE (
  id uuid, kind text, kind_name text, asset_code text, amount numeric, group_id uuid, related_id uuid,
  idempotency_key text, principal text, metadata jsonb, created_at timestamptz,
  account text, account_type text, entry_type public.entry_type, running_balance numeric,
  lots jsonb, spent numeric, unspent numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT e.* FROM public.journal j CROSS JOIN LATERAL public.transaction_entries(j) AS e
    WHERE j.group_id = p_group_id
    ORDER BY j.created_at, j.id, e.entry_type;
  IF NOT FOUND THEN
    PERFORM public.refuse('GROUP_NOT_FOUND', jsonb_build_object('id', p_group_id));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_group TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_group IS
  'Nullable: related_id, idempotency_key, principal, lots, spent, unspent';
