-- What moved the players' balances between two times, as read_movements has it: from the totals of whole days
-- and hours, and from the journal what lies in the hours in which the times lie, and what is in no total yet.
-- p_hourly: without the days, for whoever wants to know of each hour.
CREATE OR REPLACE FUNCTION public.movements_between(
  p_since timestamptz, p_until timestamptz, p_hourly boolean DEFAULT false)
RETURNS TABLE (starts_at timestamptz, asset_type_id integer, kind text, origin public.lot_origin, source text,
  transactions bigint, amount numeric)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  c_last CONSTANT xid8 := '9223372036854775807';
  v_upto xid8 := (SELECT c.upto FROM public.counted c);
  v_hours tstzrange := tstzrange(
    date_trunc('hour', p_since + interval '1 hour - 1 microsecond', 'UTC'),
    greatest(date_trunc('hour', p_until, 'UTC'),
      date_trunc('hour', p_since + interval '1 hour - 1 microsecond', 'UTC')));
  v_days tstzrange := tstzrange(
    date_trunc('day', p_since + interval '1 day - 1 microsecond', 'UTC'),
    greatest(date_trunc('day', p_until, 'UTC'),
      date_trunc('day', p_since + interval '1 day - 1 microsecond', 'UTC')));
BEGIN
  IF p_hourly THEN
    v_days := 'empty';
  END IF;
  RETURN QUERY
    SELECT t.starts_at, t.asset_type_id, t.kind, t.origin, t.source, t.transactions, t.amount
    FROM public.totals t
    WHERE t.grain = 'day' AND t.starts_at >= lower(v_days) AND t.starts_at < upper(v_days)
    UNION ALL
    SELECT t.starts_at, t.asset_type_id, t.kind, t.origin, t.source, t.transactions, t.amount
    FROM public.totals t
    WHERE t.grain = 'hour' AND t.starts_at >= lower(v_hours) AND t.starts_at < upper(v_hours)
      AND NOT t.starts_at <@ v_days
    UNION ALL
    SELECT m.starts_at, m.asset_type_id, m.kind, m.origin, m.source, m.transactions, m.amount
    FROM (
      SELECT t.starts_at AS hour, min(t.first_xact) AS first, max(t.last_xact) AS last
      FROM public.totals t
      WHERE t.grain = 'hour' AND t.origin IS NULL AND NOT t.starts_at <@ v_hours
        AND t.starts_at IN (date_trunc('hour', p_since, 'UTC'), date_trunc('hour', p_until, 'UTC'))
        AND t.starts_at < p_until
      GROUP BY t.starts_at) AS edge
    CROSS JOIN LATERAL public.read_movements(
      edge.first::text::xid8, least((edge.last + 1)::text::xid8, v_upto), greatest(p_since, edge.hour),
      least(p_until, edge.hour + interval '1 hour')) AS m
    UNION ALL
    SELECT m.starts_at, m.asset_type_id, m.kind, m.origin, m.source, m.transactions, m.amount
    FROM public.read_movements(v_upto, c_last, p_since, p_until) AS m;
END $$;
