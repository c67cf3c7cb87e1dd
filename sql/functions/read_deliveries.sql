-- The last attempts of a subscriber, newest first. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.read_deliveries(p_name text)
RETURNS TABLE (
  created_at timestamptz, event_id uuid, type public.event_type, status integer, error text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  v_subscriber public.subscribers := public.find_subscriber(p_name);
BEGIN
  RETURN QUERY
    SELECT d.created_at, d.event_id, d.type, d.status, d.error FROM public.deliveries d
    WHERE d.subscriber = v_subscriber.name
    ORDER BY d.id DESC LIMIT 100;
END $$;
GRANT EXECUTE ON FUNCTION public.read_deliveries TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_deliveries IS 'Nullable: status, error';
