-- Those of these ids whose keys were claimed before, whichever home their transactions or holds lie in. A
-- claim is for ever, so what this tells stays true; what it does not tell may be claimed at any time.
CREATE OR REPLACE FUNCTION public.find_claimed(p_ids uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(i.id), '{}') FROM unnest(p_ids) AS i(id)
    WHERE EXISTS (SELECT FROM public.journal j WHERE public.claim_of(j.id) = public.claim_of(i.id)));
END $$;
GRANT EXECUTE ON FUNCTION public.find_claimed TO wallet_reader, wallet_app;
