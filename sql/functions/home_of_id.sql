-- The home that an id of a transaction or hold ends with. It inlines.
CREATE OR REPLACE FUNCTION public.home_of_id(p_id uuid) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ('x' || right(p_id::text, 4))::bit(16)::integer $$;
