-- The number of 16 hex digits.
CREATE OR REPLACE FUNCTION public.bigint_of_hex(p_hex text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT ('x' || p_hex)::bit(64)::bigint
$$;
