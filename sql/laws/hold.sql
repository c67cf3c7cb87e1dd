-- A hold has its row in the journal, and a captured one the purchase that captured it. This looks at all
-- holds, in a full reconciliation alone.
CREATE OR REPLACE FUNCTION public.law_hold(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT h.home, h.account_id, h.asset_type_id, jsonb_build_object('holdId', h.id, 'status', h.status)
    FROM public.holds h
    LEFT JOIN public.journal j ON j.home = h.home AND j.id = h.id AND j.kind = 'HOLD'
    LEFT JOIN public.journal t ON t.home = h.home AND t.related_id = h.id AND t.kind = 'PURCHASE'
    WHERE p_after IS NULL
      AND ((h.asset_type_id, h.amount::numeric) IS DISTINCT FROM (j.asset_type_id, j.amount::numeric)
        OR (h.status = 'captured', h.transaction_id) IS DISTINCT FROM (t.id IS NOT NULL, t.id))
    UNION ALL
    SELECT j.home, NULL, j.asset_type_id, jsonb_build_object('holdId', j.id, 'status', NULL)
    FROM public.journal j
    LEFT JOIN public.holds h ON h.home = j.home AND h.id = j.id
    WHERE p_after IS NULL AND j.kind = 'HOLD' AND h.id IS NULL;
END $$;
