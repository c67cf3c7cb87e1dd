-- What moved the players' balances, of the rows of the journal from one number to below another, by hour: as
-- the table totals has it. p_since and p_until: of those posted between these times alone.
CREATE OR REPLACE FUNCTION public.read_movements(
  p_from xid8, p_below xid8, p_since timestamptz DEFAULT '-infinity', p_until timestamptz DEFAULT 'infinity')
RETURNS TABLE (starts_at timestamptz, asset_type_id integer, kind text, origin public.lot_origin, source text,
  transactions bigint, amount numeric, first_xact bigint, last_xact bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH posted AS (
      SELECT date_trunc('hour', j.created_at, 'UTC') AS hour, j.asset_type_id, j.kind, j.id, j.lots, j.amount,
        j.credit_balance, j.debit_account_id > 0 AS pays, j.credit_account_id > 0 AS gets,
        -- The second half of a transfer between homes.
        y.handle IS NOT DISTINCT FROM '$clearing' AS arrives, j.xact::text::bigint AS xact
      FROM public.journal j
      LEFT JOIN public.system_accounts y ON y.id = j.debit_account_id
      WHERE j.xact >= p_from AND j.xact < p_below AND j.debit_account_id IS NOT NULL
        AND j.created_at >= p_since AND j.created_at < p_until)
    SELECT p.hour, p.asset_type_id, p.kind, NULL::public.lot_origin, NULL,
      count(*) FILTER (WHERE NOT p.arrives),
      sum(p.amount * (p.gets::integer - p.pays::integer)), min(p.xact), max(p.xact)
    FROM posted p
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT p.hour, p.asset_type_id, p.kind, l.origin, l.source,
      count(DISTINCT p.id) FILTER (WHERE NOT p.arrives), sum(l.amount), min(p.xact), max(p.xact)
    FROM posted p
    CROSS JOIN LATERAL (
      SELECT l.origin, l.source, -l.amount AS amount FROM unnest(p.lots) AS l WHERE p.pays
      UNION ALL
      SELECT l.origin, l.source, l.amount
      FROM unnest(public.made_lots(p.lots, p.amount, p.credit_balance)) AS l WHERE p.gets) AS l
    WHERE p.lots IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5;
END $$;
GRANT EXECUTE ON FUNCTION public.read_movements TO wallet_reader;
