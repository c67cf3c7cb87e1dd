-- The times of a chain only rise.
CREATE OR REPLACE FUNCTION public.law_time(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT e.home, e.account_id, e.asset_type_id, jsonb_build_object('transactionId', e.transaction_id)
    /* on several nodes:
    FROM public.entry_chains e
    */ -- on one node:
    FROM public.linked_entries(p_after) AS e
    -- end
    WHERE e.created_at <= e.previous_time;
END $$;
