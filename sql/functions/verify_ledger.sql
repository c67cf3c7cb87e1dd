-- Holds the ledger against each law of sql/laws, in one snapshot and without a lock: what was written since
-- p_after (null: everything), and all balances and holds. upto: the horizon of this snapshot; every row below
-- it is complete, and rows at or above it are looked at again by the run that goes on from there. No clock is
-- asked. Answers counts, and each discrepancy with the law that it breaks, its player and asset, and its ids.
CREATE OR REPLACE FUNCTION public.verify_ledger(
  p_after xid8, OUT snapshot_at timestamptz, OUT upto xid8, OUT checked jsonb, OUT discrepancies jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  -- The first thousand tell what happened; a million would not fit a reply.
  c_told CONSTANT integer := 1000;
  v_law text;
  v_found jsonb;
BEGIN
  snapshot_at := statement_timestamp();
  upto := public.horizon();
  discrepancies := '[]';
  FOR v_law IN
    SELECT substr(p.proname, 5) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'law\_%'
    ORDER BY 1
  LOOP
    EXECUTE format($query$
      SELECT jsonb_agg(jsonb_build_object('check', $2) || jsonb_strip_nulls(jsonb_build_object(
        'userId', CASE WHEN l.account_id > 0 THEN public.handle_of(l.home, l.account_id) END,
        'assetCode', (SELECT s.code FROM public.asset_types s WHERE s.id = l.asset_type_id))) || l.about)
      FROM (SELECT * FROM public.%I($1) LIMIT %s) AS l $query$, 'law_' || v_law,
        c_told - jsonb_array_length(discrepancies))
    INTO v_found
    USING p_after, v_law;
    discrepancies := discrepancies || coalesce(v_found, '[]');
  END LOOP;
  EXECUTE $query$
    SELECT jsonb_build_object(
      'transactions', t.number, 'entries', 2 * t.number, 'balances', b.number, 'holds', h.number,
      'assets', s.number)
    FROM (SELECT count(*) AS number FROM public.journal j
        WHERE j.xact >= coalesce($1, '0') AND j.debit_account_id IS NOT NULL) AS t,
      (SELECT count(*) AS number FROM public.balances) AS b,
      (SELECT count(*) AS number FROM public.holds h WHERE h.status = 'active') AS h,
      (SELECT count(*) AS number FROM public.asset_types) AS s $query$
  INTO checked
  USING p_after;
END $$;
GRANT EXECUTE ON FUNCTION public.verify_ledger TO wallet_reader;
