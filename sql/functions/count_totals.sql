-- Adds rows of the journal to the totals: a JSON list of what read_movements found from one number to below
-- another. Whether it did; not, when others have counted these meanwhile.
CREATE OR REPLACE FUNCTION public.count_totals(p_from xid8, p_below xid8, p_movements jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
BEGIN
  UPDATE public.counted c SET upto = p_below WHERE c.upto = p_from;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO public.totals AS t (
    grain, starts_at, asset_type_id, kind, origin, source, transactions, amount, first_xact, last_xact)
  SELECT g.grain, date_trunc(g.grain, m.starts_at, 'UTC'), m.asset_type_id, m.kind, m.origin, m.source,
    sum(m.transactions), sum(m.amount), min(m.first_xact), max(m.last_xact)
  FROM jsonb_to_recordset(p_movements) AS m(
    starts_at timestamptz, asset_type_id integer, kind text, origin public.lot_origin, source text,
    transactions bigint, amount numeric, first_xact bigint, last_xact bigint)
  CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain)
  GROUP BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (grain, starts_at, asset_type_id, kind, origin, source) DO UPDATE SET
    transactions = t.transactions + excluded.transactions, amount = t.amount + excluded.amount,
    first_xact = least(t.first_xact, excluded.first_xact),
    last_xact = greatest(t.last_xact, excluded.last_xact);
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION public.count_totals TO wallet_app;
