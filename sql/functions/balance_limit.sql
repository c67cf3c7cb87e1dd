-- What a player's balance of an asset stays below, above zero and below: 15 significant digits, because a
-- client's double holds no more. The finest scale, 6, has the least limit. It inlines.
CREATE OR REPLACE FUNCTION public.balance_limit(p_scale integer) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 10::numeric ^ (15 - p_scale) $$;
