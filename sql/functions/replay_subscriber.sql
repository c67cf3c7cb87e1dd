-- Tells a subscriber again what was committed after a cursor, also of players that were parked. Who delivers
-- to it now loses the lease. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.replay_subscriber(p_name text, p_after text, OUT data json)
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_subscriber public.subscribers := public.find_subscriber(p_name);
BEGIN
  DELETE FROM public.parked_players p WHERE p.subscriber = p_name;
  UPDATE public.subscribers s
  SET cursor = p_after, attempts = 0, failing_since = NULL, next_try_at = '-infinity', last_error = NULL,
    lease = NULL, leased_until = '-infinity'
  WHERE s.name = p_name
  RETURNING * INTO v_subscriber;
  data := public.subscriber_data(v_subscriber);
END $$;
GRANT EXECUTE ON FUNCTION public.replay_subscriber TO wallet_app;
