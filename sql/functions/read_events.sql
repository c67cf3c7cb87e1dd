-- The next p_limit events in commit order after a cursor (null: from the beginning): all that was committed,
-- none twice, whatever is open meanwhile. Fewer mean that there are no more yet.
-- p_types: events of other types have no data. They count, so that a page never reads long for a few.
CREATE OR REPLACE FUNCTION public.read_events(
  p_limit integer, p_after text DEFAULT NULL, p_types text[] DEFAULT NULL)
RETURNS TABLE (cursor text, id uuid, type public.event_type, created_at timestamptz, data json)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_horizon xid8 := public.horizon();
  v_epoch public.epochs := public.require_epoch();
  v_after record := public.place_of(p_after, v_epoch.id);
BEGIN
  RETURN QUERY
    WITH journaled AS (
      SELECT j.xact, j.created_at, j.id, j AS entry FROM public.journal j
      WHERE j.xact >= v_after.xact AND j.xact < v_horizon
        AND (j.xact, j.created_at, j.id) > (v_after.xact, v_after.created_at, v_after.id)
      ORDER BY j.xact, j.created_at, j.id
      LIMIT p_limit
    ), changed AS (
      SELECT c.xact, c.created_at, c.id, c AS change FROM public.changes c
      WHERE c.xact < v_horizon
        AND (c.xact, c.created_at, c.id) > (v_after.xact, v_after.created_at, v_after.id)
      ORDER BY c.xact, c.created_at, c.id
      LIMIT p_limit
    ), place AS (
      SELECT p.xact, p.created_at, p.id, p.entry, p.change,
        coalesce((p.change).type, CASE (p.entry).kind WHEN 'HOLD' THEN 'wallet.hold.placed'
          ELSE 'wallet.transaction.posted' END::public.event_type) AS type
      FROM (
        SELECT j.xact, j.created_at, j.id, j.entry, NULL::public.changes AS change FROM journaled j
        UNION ALL
        SELECT c.xact, c.created_at, c.id, NULL::public.journal, c.change FROM changed c) AS p
      ORDER BY 1, 2, 3
      LIMIT p_limit)
    SELECT public.cursor_of(v_epoch.id, p.xact, p.created_at, p.id), p.id, p.type, p.created_at,
      CASE
        WHEN p_types IS NOT NULL AND NOT p.type::text = ANY (p_types) THEN NULL
        WHEN p.type = 'wallet.transaction.posted' THEN (
          SELECT r.data FROM public.transaction_replies r
          WHERE r.home = (p.entry).home AND public.claim_of(r.id) = public.claim_of(p.id))
        WHEN p.type = 'wallet.hold.placed' THEN public.hold_data(
          public.find_hold((p.entry).home, (p.entry).id), 'active')
        WHEN (p.change).hold_id IS NOT NULL THEN (
          SELECT public.hold_data(h, h.status)
          FROM public.find_hold((p.change).home, (p.change).hold_id) AS h)
        ELSE (p.change).data
      END
    FROM place p
    ORDER BY p.xact, p.created_at, p.id;
END $$;
GRANT EXECUTE ON FUNCTION public.read_events TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_events IS 'Nullable: data';
