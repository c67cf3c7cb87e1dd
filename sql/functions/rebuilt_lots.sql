-- The lots that balances should have, made anew from the journal, without what active holds reserve; of those
-- balances alone that have others. A lot is as old as its oldest credit since it was last empty.
CREATE OR REPLACE FUNCTION public.rebuilt_lots()
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, lots public.lot[],
  burn_order public.burn_order)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH entry AS (
      SELECT e.home, e.account_id, e.asset_type_id, e.lot, e.delta, e.cost, e.seq, sum(e.delta) OVER (
        PARTITION BY e.home, e.account_id, e.asset_type_id, (e.lot).id ORDER BY e.seq) AS running
      FROM public.lot_entries e
    ), emptied AS (
      SELECT e.home, e.account_id, e.asset_type_id, (e.lot).id, max(e.seq) AS seq
      FROM entry e WHERE e.running = 0 GROUP BY 1, 2, 3, 4
    ), held AS (
      SELECT h.home, h.account_id, h.asset_type_id, l.id, sum(l.amount) AS amount, sum(l.cost) AS cost
      FROM public.holds h, unnest(h.lots) AS l WHERE h.status = 'active' GROUP BY 1, 2, 3, 4
    ), rebuilt AS (
      SELECT e.home, e.account_id, e.asset_type_id, ROW(
        (e.lot).id, (e.lot).origin, (e.lot).source, (e.lot).priority, (e.lot).expires_at, (e.lot).currency,
        min((e.lot).made_at) FILTER (WHERE e.delta > 0 AND e.seq > coalesce(m.seq, 0)),
        sum(e.delta) - coalesce(min(h.amount), 0), sum(e.cost) - coalesce(min(h.cost), 0), NULL)::public.lot
        AS lot
      FROM entry e
      LEFT JOIN emptied m ON m.home = e.home AND m.account_id = e.account_id
        AND m.asset_type_id = e.asset_type_id AND m.id = (e.lot).id
      LEFT JOIN held h ON h.home = e.home AND h.account_id = e.account_id
        AND h.asset_type_id = e.asset_type_id AND h.id = (e.lot).id
      GROUP BY e.home, e.account_id, e.asset_type_id, (e.lot).id, (e.lot).origin, (e.lot).source,
        (e.lot).priority, (e.lot).expires_at, (e.lot).currency
    )
    SELECT b.home, b.account_id, b.asset_type_id, CASE WHEN b.account_id > 0 THEN r.lots END,
      CASE WHEN r.lots IS NOT NULL THEN s.burn_order END
    FROM public.balances b
    JOIN public.asset_types s ON s.id = b.asset_type_id
    CROSS JOIN LATERAL (
      SELECT CASE WHEN b.account_id > 0 AND s.burn_order IS NOT NULL
        THEN coalesce(array_agg(r.lot ORDER BY public.burn_key(s.burn_order, r.lot)), '{}') END
      FROM rebuilt r
      WHERE r.home = b.home AND r.account_id = b.account_id AND r.asset_type_id = b.asset_type_id
        AND (r.lot).amount > 0) AS r(lots)
    WHERE (SELECT jsonb_object_agg(l.id, ARRAY[l.amount, l.cost]) FROM unnest(b.lots) AS l)
        IS DISTINCT FROM (SELECT jsonb_object_agg(l.id, ARRAY[l.amount, l.cost]) FROM unnest(r.lots) AS l)
      OR NOT public.in_burn_order(b.lots, b.burn_order)
      OR (b.lots IS NULL) <> (r.lots IS NULL) OR (b.burn_order IS NULL) <> (b.lots IS NULL)
      OR b.next_expiry IS DISTINCT FROM public.next_expiry(r.lots);
END $$;
