-- What of an id claims a key: all of it but the home, in the words of the index journal_claims. It inlines.
CREATE OR REPLACE FUNCTION public.claim_of(p_id uuid) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT substr(uuid_send(p_id), 1, 14) $$;
