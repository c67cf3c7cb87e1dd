-- On several nodes: refuses, because events are told in commit order.
CREATE OR REPLACE FUNCTION public.read_events(
  p_limit integer, p_after text DEFAULT NULL, p_types text[] DEFAULT NULL)
RETURNS TABLE (cursor text, id uuid, type public.event_type, created_at timestamptz, data json)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  PERFORM public.refuse('NOT_ON_SEVERAL_NODES', jsonb_build_object('what', 'events'));
END $$;
GRANT EXECUTE ON FUNCTION public.read_events TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_events IS 'Nullable: data';
