-- Each balance is what its last entry left.
CREATE OR REPLACE FUNCTION public.law_cache(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT coalesce(e.home, b.home), coalesce(e.account_id, b.account_id),
      coalesce(e.asset_type_id, b.asset_type_id),
      jsonb_build_object('cached', b.balance::text, 'entries', coalesce(e.running_balance, 0)::text,
        'cachedCount', b.entry_count, 'entryCount', coalesce(e.seq, 0))
    /* on several nodes:
    FROM (SELECT * FROM public.entry_chains WHERE is_last) AS e
    */ -- on one node:
    FROM (SELECT * FROM public.linked_entries(p_after) AS e WHERE e.is_last) AS e
    -- end
    FULL JOIN public.balances b
      ON b.home = e.home AND b.account_id = e.account_id AND b.asset_type_id = e.asset_type_id
    WHERE (b.balance, b.entry_count) IS DISTINCT FROM (coalesce(e.running_balance, 0), coalesce(e.seq, 0))
      AND (p_after IS NULL OR e.seq IS NOT NULL);
END $$;
