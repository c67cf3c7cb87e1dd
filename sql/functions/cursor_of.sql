-- A place in commit order as text: the epoch, and the number, time and id of a row, in hex. Texts sort as the
-- places do. (Within one transaction of the database the time orders the rows: it rises along each player's
-- entries.)
CREATE OR REPLACE FUNCTION public.cursor_of(
  p_epoch bigint, p_xact xid8, p_created_at timestamptz, p_id uuid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(
    int8send(p_epoch) || xid8send(p_xact) || timestamptz_send(p_created_at) || uuid_send(p_id), 'hex')
$$;
