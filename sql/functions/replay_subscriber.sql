-- Tells a subscriber again what was committed after a cursor, also of players that were parked. Who delivers
-- to it now loses the lease, and stops before the lease would have ended: until then nobody else begins.
-- Refuses one that does not exist, and a cursor that lies ahead of what was committed.
CREATE OR REPLACE FUNCTION public.replay_subscriber(p_name text, p_after text, OUT data json)
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_subscriber public.subscribers := public.find_subscriber(p_name);
  v_epoch bigint := (SELECT max(e.id) FROM public.epochs e);
BEGIN
  IF (SELECT p.xact FROM public.place_of(p_after, v_epoch) AS p) > public.horizon() THEN
    PERFORM public.refuse('VALIDATION_ERROR', jsonb_build_object(
      'path', 'after', 'rule', 'must not lie ahead of the last event'));
  END IF;
  DELETE FROM public.parked_players p WHERE p.subscriber = p_name;
  UPDATE public.subscribers s
  SET cursor = p_after, attempts = 0, failing_since = NULL, next_try_at = '-infinity', last_error = NULL,
    lease = NULL
  WHERE s.name = p_name
  RETURNING * INTO v_subscriber;
  data := public.subscriber_data(v_subscriber);
END $$;
GRANT EXECUTE ON FUNCTION public.replay_subscriber TO wallet_app;
