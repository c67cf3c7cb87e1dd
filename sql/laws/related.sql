-- A refund is of a purchase, and refunds together are at most that. Reversals are of a top-up or
-- bonus, and together at most that. A captured hold has one purchase, of at most the hold. Each has the
-- accounts of what it is about, and its asset.
CREATE OR REPLACE FUNCTION public.law_related(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT r.home, NULL::bigint, r.asset_type_id,
      jsonb_build_object('relatedId', r.related_id, 'kind', r.kind, 'sum', r.total::text)
    FROM (
      SELECT j.home, j.related_id, j.kind, j.asset_type_id, sum(j.amount) AS total, count(*) AS times
      FROM public.journal j
      WHERE j.kind <> 'ADJUSTMENT' AND (j.home, j.related_id) IN (
        SELECT n.home, n.related_id FROM public.journal n WHERE n.related_id IS NOT NULL
          AND n.xact >= coalesce(p_after, '0'))
      GROUP BY 1, 2, 3, 4) AS r
    LEFT JOIN public.journal o ON o.home = r.home AND public.claim_of(o.id) = public.claim_of(r.related_id)
    WHERE o.id IS NULL OR r.total > o.amount OR (r.kind = 'PURCHASE' AND r.times > 1)
    UNION ALL
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'kind', j.kind, 'relatedId', j.related_id)
    FROM public.journal j
    JOIN public.kinds k ON k.code = j.kind
    LEFT JOIN public.journal o ON public.claim_of(o.id) = public.claim_of(j.related_id) AND o.home = j.home
    LEFT JOIN public.holds h ON h.id = j.related_id AND h.home = j.home
    WHERE j.xact >= coalesce(p_after, '0') AND CASE
      WHEN j.related_id IS NULL THEN j.kind IN ('REFUND', 'REVERSAL')
      WHEN o.id IS NULL OR NOT (o.kind = ANY (k.relates_to) OR '*' = ANY (k.relates_to)) THEN true
      WHEN j.kind IN ('REFUND', 'REVERSAL') THEN (o.asset_type_id, o.debit_account_id, o.credit_account_id)
        <> (j.asset_type_id, j.credit_account_id, j.debit_account_id)
      WHEN j.kind = 'PURCHASE' THEN (h.account_id, h.asset_type_id) IS DISTINCT
        FROM (j.debit_account_id, j.asset_type_id)
      ELSE false END;
END $$;
