-- How many slices a system account's balance has: more than the connections that a small installation opens, so that each has one of its own.
-- May be raised (put_asset, run again, adds the rows), never lowered.
CREATE OR REPLACE FUNCTION public.system_stripes() RETURNS smallint
LANGUAGE sql IMMUTABLE AS 'SELECT 128::smallint';
