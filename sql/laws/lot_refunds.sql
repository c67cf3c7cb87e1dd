-- What refunds put back of a purchase is, of each lot, at most what it burned of it, with its cost.
CREATE OR REPLACE FUNCTION public.law_lot_refunds(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT r.home, r.account_id, r.asset_type_id, jsonb_build_object(
      'transactionId', r.related_id, 'returned', r.amount::text, 'burned', coalesce(b.amount, 0)::text)
    FROM (
      SELECT j.home, j.credit_account_id AS account_id, j.asset_type_id, j.related_id, l.origin, l.source,
        l.priority, coalesce(l.was_until, l.expires_at) AS expires_at, l.currency, sum(l.amount) AS amount,
        sum(l.cost) AS cost
      FROM public.journal j, unnest(j.lots) AS l
      WHERE j.kind = 'REFUND' AND (j.home, j.related_id) IN (
        SELECT n.home, n.related_id FROM public.journal n
        WHERE n.kind = 'REFUND' AND n.lots IS NOT NULL AND n.xact >= coalesce(p_after, '0'))
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) AS r
    LEFT JOIN LATERAL (
      SELECT sum(l.amount) AS amount, sum(l.cost) AS cost
      FROM public.journal o, unnest(o.lots) AS l
      WHERE o.home = r.home AND public.claim_of(o.id) = public.claim_of(r.related_id)
        AND (l.origin, l.source, l.priority, l.expires_at, l.currency)
          IS NOT DISTINCT FROM (r.origin, r.source, r.priority, r.expires_at, r.currency)) AS b ON true
    WHERE r.amount > coalesce(b.amount, 0) OR coalesce(r.cost, 0) > coalesce(b.cost, 0);
END $$;
