-- A time as replies tell it: ISO 8601 in UTC, to the millisecond.
CREATE OR REPLACE FUNCTION public.iso_time(p_time timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT to_char(p_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
