-- On several nodes: what moved the players' balances, by hour, each node adding up its own rows. The
-- parameters and the answer are those of the function for one node.
CREATE OR REPLACE FUNCTION public.read_movements(
  p_from xid8, p_below xid8, p_since timestamptz DEFAULT '-infinity', p_until timestamptz DEFAULT 'infinity')
RETURNS TABLE (starts_at timestamptz, asset_type_id integer, kind text, origin public.lot_origin, source text,
  transactions bigint, amount numeric, first_xact bigint, last_xact bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  -- The second half of a transfer between homes comes from it, and counts no more.
  v_clearing bigint := (SELECT y.id FROM public.system_accounts y WHERE y.handle = '$clearing');
BEGIN
  RETURN QUERY
    SELECT date_trunc('hour', j.created_at, 'UTC'), j.asset_type_id, j.kind, NULL::public.lot_origin,
      NULL::text, count(*) FILTER (WHERE j.debit_account_id <> v_clearing),
      sum(j.amount * ((j.credit_account_id > 0)::integer - (j.debit_account_id > 0)::integer)),
      min(j.xact::text::bigint), max(j.xact::text::bigint)
    FROM public.journal j
    WHERE j.xact >= p_from AND j.xact < p_below AND j.debit_account_id IS NOT NULL
      AND j.created_at >= p_since AND j.created_at < p_until
    GROUP BY 1, 2, 3;
  RETURN QUERY
    SELECT date_trunc('hour', m.created_at, 'UTC'), m.asset_type_id, m.kind, m.origin, m.source,
      count(*) FILTER (WHERE NOT m.arrives), sum(m.amount), min(m.xact), max(m.xact)
    FROM (
      SELECT e.home, e.transaction_id, e.created_at, e.asset_type_id, e.kind, (e.lot).origin, (e.lot).source,
        min(e.xact::text::bigint) AS xact, sum(e.delta) AS amount, bool_or(e.arrives) AS arrives
      FROM (
        SELECT l.*, j.debit_account_id = v_clearing AS arrives
        FROM public.lot_entries l JOIN public.journal j ON j.home = l.home AND j.id = l.transaction_id) AS e
      WHERE e.xact >= p_from AND e.xact < p_below AND e.created_at >= p_since AND e.created_at < p_until
      GROUP BY 1, 2, 3, 4, 5, 6, 7) AS m
    GROUP BY 1, 2, 3, 4, 5;
END $$;
GRANT EXECUTE ON FUNCTION public.read_movements TO wallet_reader;
