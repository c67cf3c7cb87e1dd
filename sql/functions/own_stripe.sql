-- The stripe of this database session: from the server's own number for it, which from PostgreSQL 16 on no two live sessions share (on 15 few do),
-- and which stays small. (Process
-- ids would do, but they spread: of 50 sessions on 128 stripes some ten pairs share one, and 3 to 5 % of the postings fail and retry.)
-- Found once per session and kept in a setting; a pooler neither sees nor minds it, since it belongs to the session, whoever uses that.
CREATE OR REPLACE FUNCTION public.own_stripe() RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
  v_kept text := current_setting('wallet.stripe', true);
BEGIN
  IF coalesce(v_kept, '') = '' THEN
    SELECT set_config('wallet.stripe', (1 + b.id % public.system_stripes())::text, false) INTO v_kept
    FROM pg_stat_get_backend_idset() AS b(id) WHERE pg_stat_get_backend_pid(b.id) = pg_backend_pid();
  END IF;
  RETURN v_kept::smallint;
END $$;
