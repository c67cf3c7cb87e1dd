-- Keeps how far a deliverer has come with a subscriber, and renews its lease, or with p_seconds 0 gives it
-- back. Whether the lease was still its own; if not, nothing is kept. p_deliveries: a JSON list of the last
-- attempts {createdAt, eventId, type, status, error}. p_error: why the event after the cursor was not taken;
-- it is tried again p_pause_millis later. p_gone: the receiver wants no more. p_park: players, a JSON list,
-- that are not told any more, because of the event p_park_event after p_park_cursor.
CREATE OR REPLACE FUNCTION public.record_deliveries(
  p_name text, p_lease uuid, p_seconds integer, p_cursor text, p_deliveries jsonb,
  p_error text DEFAULT NULL, p_pause_millis integer DEFAULT 0, p_gone boolean DEFAULT false,
  p_park jsonb DEFAULT NULL, p_park_event uuid DEFAULT NULL, p_park_cursor text DEFAULT NULL
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_now timestamptz := clock_timestamp();
BEGIN
  UPDATE public.subscribers s
  SET cursor = p_cursor,
    -- They count of the event after the cursor, so a cursor that stands keeps them.
    attempts = CASE WHEN s.cursor = p_cursor THEN s.attempts ELSE 0 END + (p_error IS NOT NULL)::integer,
    failing_since = CASE WHEN s.cursor = p_cursor AND s.failing_since IS NOT NULL THEN s.failing_since
      WHEN p_error IS NOT NULL THEN v_now END,
    last_error = coalesce(p_error, s.last_error),
    next_try_at = CASE WHEN p_error IS NULL THEN '-infinity'
      ELSE v_now + p_pause_millis * interval '1 millisecond' END,
    enabled = s.enabled AND NOT p_gone,
    leased_until = CASE WHEN p_seconds > 0 THEN v_now + p_seconds * interval '1 second' ELSE '-infinity' END
  WHERE s.name = p_name AND s.lease = p_lease;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO public.deliveries (subscriber, created_at, event_id, type, status, error)
  SELECT p_name, d."createdAt", d."eventId", d.type, d.status, d.error
  FROM jsonb_to_recordset(p_deliveries) AS d("createdAt" timestamptz, "eventId" uuid,
    type public.event_type, status integer, error text);
  DELETE FROM public.deliveries d WHERE d.subscriber = p_name AND d.id <= (
    SELECT o.id FROM public.deliveries o WHERE o.subscriber = p_name ORDER BY o.id DESC OFFSET 100 LIMIT 1);
  INSERT INTO public.parked_players (subscriber, user_id, cursor, event_id)
  SELECT p_name, u, p_park_cursor, p_park_event FROM jsonb_array_elements_text(p_park) AS u
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION public.record_deliveries TO wallet_app;
