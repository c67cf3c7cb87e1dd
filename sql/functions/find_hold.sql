-- A hold by its id (W404H).
CREATE OR REPLACE FUNCTION public.find_hold(p_hold_id uuid) RETURNS public.holds
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_hold public.holds;
BEGIN
  SELECT * INTO v_hold FROM public.holds h WHERE h.id = p_hold_id;
  IF NOT FOUND THEN
    PERFORM public.refuse('W404H', format('hold %s does not exist', p_hold_id));
  END IF;
  RETURN v_hold;
END $$;
