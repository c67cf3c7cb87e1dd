-- Whether this cluster wrote a row first, and not a copy: its number is that of the transaction that wrote
-- it.
CREATE OR REPLACE FUNCTION public.is_posted_here(p_xact xid8, p_xmin xid, p_lift bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT p_xmin::text::bigint = (p_xact::text::bigint - p_lift) & 4294967295
$$;
