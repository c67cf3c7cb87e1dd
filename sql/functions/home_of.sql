-- The home of a player: the 15 lowest of the first 16 bits of the SHA-256 of the userId. The name of an erased
-- account (erased_handle) has its home in it. TypeScript computes the same (lib/ledger/home.ts); a property
-- test holds the two equal.
-- It inlines, being declared STABLE as convert_to is: declared IMMUTABLE it did not, and cost 7 µs in place
-- of 1.
CREATE OR REPLACE FUNCTION public.home_of(p_handle text) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ('x' || substr(
    CASE WHEN p_handle ~ '^erased:[0-9a-f]{16}$' THEN substr(p_handle, 8)
      ELSE encode(sha256(convert_to(p_handle, 'UTF8')), 'hex') END, 1, 4))::bit(16)::integer & 32767
$$;
