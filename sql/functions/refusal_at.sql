-- A refusal of a field, where the field lies in a part of the request.
CREATE OR REPLACE FUNCTION public.refusal_at(p_part text, p_refusal public.refusal) RETURNS public.refusal
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF p_refusal.fault = 'VALIDATION_ERROR' THEN
    p_refusal.about := p_refusal.about
      || jsonb_build_object('path', format('%s.%s', p_part, p_refusal.about->>'path'));
  END IF;
  RETURN p_refusal;
END $$;
