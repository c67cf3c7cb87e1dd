-- A subscriber by its name. Refuses when there is none.
CREATE OR REPLACE FUNCTION public.find_subscriber(p_name text) RETURNS public.subscribers
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_subscriber public.subscribers;
BEGIN
  SELECT * INTO v_subscriber FROM public.subscribers s WHERE s.name = p_name;
  IF NOT FOUND THEN
    PERFORM public.refuse('SUBSCRIBER_NOT_FOUND', jsonb_build_object('name', p_name));
  END IF;
  RETURN v_subscriber;
END $$;
