-- A transaction's number, raised.
CREATE OR REPLACE FUNCTION public.lifted(p_xact xid8, p_lift bigint) RETURNS xid8
LANGUAGE sql IMMUTABLE AS $$
  SELECT (p_xact::text::bigint + p_lift)::text::xid8
$$;
