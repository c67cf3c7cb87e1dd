-- The journal's lots, replayed, give the lots that there are, with their costs; no more was ever burned of a
-- lot than had been made of it. This looks at all of it, in a full reconciliation alone.
CREATE OR REPLACE FUNCTION public.law_lot_history(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT coalesce(e.home, k.home), coalesce(e.account_id, k.account_id),
      coalesce(e.asset_type_id, k.asset_type_id), jsonb_build_object(
        'lotId', coalesce(e.id, k.id), 'kept', coalesce(k.amount, 0)::text,
        'replayed', coalesce(e.amount, 0)::text, 'keptCost', k.cost::text, 'replayedCost', e.cost::text)
    FROM (
      SELECT r.home, r.account_id, r.asset_type_id, r.id, sum(r.delta) AS amount, sum(r.cost) AS cost,
        min(r.running) AS least
      FROM (
        SELECT e.home, e.account_id, e.asset_type_id, (e.lot).id, e.delta, e.cost, sum(e.delta) OVER (
          PARTITION BY e.home, e.account_id, e.asset_type_id, (e.lot).id ORDER BY e.seq) AS running
        FROM public.lot_entries e) AS r
      GROUP BY 1, 2, 3, 4) AS e
    FULL JOIN (
      SELECT k.home, k.account_id, k.asset_type_id, (k.lot).id, sum((k.lot).amount) AS amount,
        sum((k.lot).cost) AS cost
      FROM public.kept_lots k GROUP BY 1, 2, 3, 4) AS k USING (home, account_id, asset_type_id, id)
    WHERE p_after IS NULL AND (
      coalesce(e.amount, 0) <> coalesce(k.amount, 0) OR coalesce(e.cost, 0) <> coalesce(k.cost, 0)
      OR e.least < 0);
END $$;
