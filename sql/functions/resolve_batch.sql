-- The transactions that the elements of a batch make, in their order, with what they name. An element between
-- two homes makes two.
CREATE OR REPLACE FUNCTION public.resolve_batch(p_elements jsonb) RETURNS public.batch_leg[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    WITH leg AS MATERIALIZED (
      SELECT e.position::integer - 1 AS position, l.leg, l.home, e.kind,
        public.id_of(l.home, CASE WHEN l.leg = 'to' THEN e.key || E'\nto' ELSE e.key END) AS id,
        e.amount, e.key, e.request_hash, e.metadata, e.open_account, e.lots, l.debit, l.credit, e.asset_code
      FROM ROWS FROM (jsonb_to_recordset(p_elements) AS (
        home integer, to_home integer, kind text, debit text, credit text, asset_code text, amount numeric,
        key text, request_hash text, metadata jsonb, open_account boolean, lots jsonb))
        WITH ORDINALITY
        AS e(home, to_home, kind, debit, credit, asset_code, amount, key, request_hash, metadata,
        open_account, lots, position)
      CROSS JOIN LATERAL (VALUES
        ('', e.home, e.debit, CASE WHEN e.to_home <> e.home THEN '$clearing' ELSE e.credit END),
        ('to', e.to_home, '$clearing', e.credit)) AS l(leg, home, debit, credit)
      WHERE l.leg = '' OR e.to_home <> e.home
    ), side AS (
      SELECT l.id, l.position, s.is_debited,
        dense_rank() OVER (ORDER BY l.home, s.handle COLLATE "C", l.asset_code COLLATE "C")::integer AS place
      FROM leg l
      CROSS JOIN LATERAL (VALUES (true, l.debit), (false, l.credit)) AS s(is_debited, handle)
    ), placed AS (
      SELECT s.id, s.position, min(s.place) FILTER (WHERE s.is_debited) AS debit_at,
        min(s.place) FILTER (WHERE NOT s.is_debited) AS credit_at,
        dense_rank() OVER (ORDER BY public.claim_of(s.id))::integer AS claim_at
      FROM side s GROUP BY s.id, s.position
    )
    SELECT array_agg(ROW(
      l.position, l.leg, l.id, l.home, k, a.transferable, l.amount, l.key,
      decode(l.request_hash, 'hex'), l.metadata, coalesce(l.open_account, false), l.debit, l.credit,
      l.asset_code,
      p.debit_at, p.credit_at, p.claim_at, l.lots, a.burn_order)::public.batch_leg ORDER BY l.position, l.leg)
    FROM leg l
    JOIN placed p ON p.id = l.id AND p.position = l.position
    JOIN public.kinds k ON k.code = l.kind
    LEFT JOIN public.asset_types a ON a.code = l.asset_code);
END $$;
