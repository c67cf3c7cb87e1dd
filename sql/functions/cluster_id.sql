-- Which cluster this database lies in: two that count their transactions apart have two names. A restore and
-- a copy make a new cluster, or a new timeline of it.
CREATE OR REPLACE FUNCTION public.cluster_id() RETURNS text
LANGUAGE sql VOLATILE AS $$
  SELECT format('%s/%s', s.system_identifier, c.timeline_id)
  FROM pg_control_system() AS s, pg_control_checkpoint() AS c
$$;
