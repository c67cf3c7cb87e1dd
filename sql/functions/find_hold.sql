-- A hold by its id, in the home that its id ends with. Refuses when there is none.
CREATE OR REPLACE FUNCTION public.find_hold(p_home integer, p_id uuid) RETURNS public.holds
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_hold public.holds;
BEGIN
  SELECT * INTO v_hold FROM public.holds h WHERE h.home = p_home AND h.id = p_id;
  IF NOT FOUND THEN
    PERFORM public.refuse('HOLD_NOT_FOUND', jsonb_build_object('id', p_id));
  END IF;
  RETURN v_hold;
END $$;
