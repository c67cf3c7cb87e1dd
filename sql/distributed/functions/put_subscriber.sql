-- On several nodes: refuses, because events are told in commit order.
CREATE OR REPLACE FUNCTION public.put_subscriber(
  p_name text, p_kind text, p_target text, p_types text[] DEFAULT NULL,
  p_enabled boolean DEFAULT NULL, p_sealed text DEFAULT NULL,
  OUT data json, OUT created boolean, OUT has_secret boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM public.refuse('NOT_ON_SEVERAL_NODES', jsonb_build_object('what', 'subscribers'));
END $$;
GRANT EXECUTE ON FUNCTION public.put_subscriber TO wallet_app;
