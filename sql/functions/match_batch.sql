-- The rows of the journal that claimed these ids before, each at the place of its key in the batch
-- (claim_at).
CREATE OR REPLACE FUNCTION public.match_batch(p_legs public.batch_leg[], p_claimed uuid[])
  RETURNS public.journal[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_claims public.journal[];
  v_claim record;
BEGIN
  FOR v_claim IN
    SELECT l.claim_at, j AS journal FROM unnest(p_legs) AS l
    JOIN public.journal j ON public.claim_of(j.id) = public.claim_of(l.id)
    WHERE l.leg = '' AND l.id = ANY (p_claimed)
  LOOP
    v_claims[v_claim.claim_at] := v_claim.journal;
  END LOOP;
  RETURN v_claims;
END $$;
