-- The place that a cursor names (cursor_of); p_cursor null: before the first row. A cursor of an earlier
-- epoch goes on where the next one began, if that lies before it. One of an epoch that is unknown here, as
-- after the restore of an older backup, goes on from the begin of the last epoch that both may know.
-- Refuses what cursor_of cannot have written.
CREATE OR REPLACE FUNCTION public.place_of(
  p_cursor text, p_epoch bigint, OUT xact xid8, OUT created_at timestamptz, OUT id uuid
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_cursor text := coalesce(p_cursor, repeat('0', 80));
  v_epoch bigint := public.bigint_of_hex(substr(v_cursor, 1, 16));
  v_xact bigint := public.bigint_of_hex(substr(v_cursor, 17, 16));
  -- As timestamptz_send counts: microseconds since 2000.
  v_micros bigint := public.bigint_of_hex(substr(v_cursor, 33, 16));
  v_known xid8;
BEGIN
  IF v_epoch < 0 OR v_xact < 0 OR v_micros NOT BETWEEN 0 AND 9000000000000000000 THEN
    PERFORM public.refuse('VALIDATION_ERROR', jsonb_build_object(
      'path', 'after', 'rule', 'must be the sequence of an event, or a nextCursor'));
  END IF;
  xact := v_xact::text::xid8;
  created_at := timestamptz '2000-01-01 00:00Z' + v_micros * interval '1 microsecond';
  id := substr(v_cursor, 49)::uuid;
  IF v_epoch <> p_epoch THEN
    v_known := coalesce(
      CASE WHEN EXISTS (SELECT FROM public.epochs e WHERE e.id = v_epoch)
        THEN (SELECT min(e.began) FROM public.epochs e WHERE e.id > v_epoch)
        ELSE (SELECT e.began FROM public.epochs e WHERE e.id < v_epoch ORDER BY e.id DESC LIMIT 1) END,
      '0');
    IF v_known < xact THEN
      xact := v_known;
      created_at := '-infinity';
    END IF;
  END IF;
END $$;
