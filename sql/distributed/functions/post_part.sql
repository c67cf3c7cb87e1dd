-- On several nodes: posts those elements of a batch that lie in one home, on the node of this home. Answers a
-- list of what post_element answers.
CREATE OR REPLACE FUNCTION public.post_part(
  p_home integer, p_group_id uuid, p_elements jsonb, p_principal text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_outcomes jsonb := '[]';
BEGIN
  FOR v_at IN 0 .. jsonb_array_length(p_elements) - 1 LOOP
    v_outcomes := v_outcomes || public.post_element(p_home, p_group_id, p_elements->v_at, p_principal);
  END LOOP;
  RETURN v_outcomes;
END $$;
