-- The totals, with what is in none yet, add up to what players have. And each is what the journal gives,
-- which a full reconciliation alone looks at.
CREATE OR REPLACE FUNCTION public.law_totals(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT NULL::integer, NULL::bigint, s.id,
      jsonb_build_object('totals', coalesce(m.amount, 0)::text, 'balances', coalesce(b.balance, 0)::text)
    FROM public.asset_types s
    LEFT JOIN (
      SELECT m.asset_type_id, sum(m.amount) AS amount
      FROM public.movements_between('-infinity', 'infinity') AS m
      WHERE m.origin IS NULL GROUP BY 1) AS m ON m.asset_type_id = s.id
    LEFT JOIN (
      SELECT b.asset_type_id, sum(b.balance) AS balance FROM public.balances b WHERE b.account_id > 0
      GROUP BY 1) AS b ON b.asset_type_id = s.id
    WHERE coalesce(m.amount, 0) <> coalesce(b.balance, 0)
    UNION ALL
    SELECT NULL, NULL, coalesce(t.asset_type_id, m.asset_type_id), jsonb_build_object(
      'grain', coalesce(t.grain, m.grain), 'startsAt', coalesce(t.starts_at, m.starts_at),
      'kind', coalesce(t.kind, m.kind), 'total', t.amount::text, 'journal', m.amount::text)
    FROM public.totals t
    FULL JOIN (
      SELECT g.grain, date_trunc(g.grain, m.starts_at, 'UTC') AS starts_at, m.asset_type_id, m.kind, m.origin,
        m.source, sum(m.transactions) AS transactions, sum(m.amount) AS amount
      FROM public.read_movements('0', (SELECT c.upto FROM public.counted c)) AS m
      CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain)
      WHERE p_after IS NULL
      GROUP BY 1, 2, 3, 4, 5, 6) AS m
      ON (m.grain, m.starts_at, m.asset_type_id, m.kind) = (t.grain, t.starts_at, t.asset_type_id, t.kind)
        AND concat(m.origin, ' ', m.source) = concat(t.origin, ' ', t.source)
    WHERE p_after IS NULL AND (t.transactions, t.amount) IS DISTINCT FROM (m.transactions, m.amount);
END $$;
