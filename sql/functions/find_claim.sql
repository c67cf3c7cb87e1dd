-- What a key claimed: its id and kind (HOLD of a hold, ERASURE of an erasure); no row when the key is free.
-- An erased row has no key, but the id that the key makes. p_home: of the player whose request it was, when
-- the caller knows it: then one look-up is enough where the ledger is distributed.
CREATE OR REPLACE FUNCTION public.find_claim(p_key text, p_home integer DEFAULT NULL)
RETURNS TABLE (id uuid, kind text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.id, j.kind FROM public.journal j
    WHERE public.claim_of(j.id) = public.claim_of(public.id_of(0, p_key))
      AND coalesce(j.idempotency_key, p_key) = p_key AND (p_home IS NULL OR j.home = p_home)
    UNION ALL
    SELECT e.id, 'ERASURE' FROM public.erasures e
    WHERE public.claim_of(e.id) = public.claim_of(public.id_of(0, p_key))
      AND (p_home IS NULL OR e.home = p_home);
END $$;
GRANT EXECUTE ON FUNCTION public.find_claim TO wallet_reader, wallet_app;
