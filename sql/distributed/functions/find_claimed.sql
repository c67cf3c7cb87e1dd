-- On several nodes: those of these ids whose keys were claimed before in their homes, where alone a key is
-- unique. A claim is for ever, so what this tells stays true; what it does not tell may be claimed at any
-- time.
CREATE OR REPLACE FUNCTION public.find_claimed(p_ids uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  v_homes integer[] := ARRAY(SELECT public.home_of_id(i) FROM unnest(p_ids) AS i);
  v_claims bytea[] := ARRAY(SELECT public.claim_of(i) FROM unnest(p_ids) AS i);
BEGIN
  RETURN (
    SELECT coalesce(array_agg(j.id), '{}') FROM public.journal j
    WHERE j.home = ANY (v_homes) AND public.claim_of(j.id) = ANY (v_claims) AND j.id = ANY (p_ids));
END $$;
GRANT EXECUTE ON FUNCTION public.find_claimed TO wallet_reader, wallet_app;
