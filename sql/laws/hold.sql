-- A hold has its row in the journal, and a captured one the purchase that captured it. This looks at all
-- holds, in a full reconciliation alone.
CREATE OR REPLACE FUNCTION public.law_hold(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(h.home, j.home), h.account_id, coalesce(h.asset_type_id, j.asset_type_id),
    jsonb_build_object('holdId', coalesce(h.id, j.id), 'status', h.status)
  FROM (SELECT * FROM public.journal WHERE kind = 'HOLD') AS j
  FULL JOIN public.holds h ON h.home = j.home AND h.id = j.id
  LEFT JOIN public.journal t ON t.related_id = coalesce(h.id, j.id) AND t.kind = 'PURCHASE'
  WHERE p_after IS NULL
    AND ((h.asset_type_id, h.amount::numeric) IS DISTINCT FROM (j.asset_type_id, j.amount::numeric)
      OR (h.status = 'captured', h.transaction_id) IS DISTINCT FROM (t.id IS NOT NULL, t.id))
$$;
