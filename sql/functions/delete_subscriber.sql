-- Forgets a subscriber. Answers it as it was. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.delete_subscriber(p_name text, OUT data json)
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
BEGIN
  data := public.subscriber_data(public.find_subscriber(p_name));
  DELETE FROM public.parked_players p WHERE p.subscriber = p_name;
  DELETE FROM public.deliveries d WHERE d.subscriber = p_name;
  DELETE FROM public.subscribers s WHERE s.name = p_name;
END $$;
GRANT EXECUTE ON FUNCTION public.delete_subscriber TO wallet_app;
