-- The stripe of this database session: one that no other live session has, as long as there are fewer of them than stripes. A session takes
-- it once, by a session lock that ends with the session, and keeps its number in a setting; a pooler sees neither, and minds neither, since
-- both belong to the session, whoever uses that. A session that finds none left takes any, anew for each posting. (Chosen by process id or by the server's own number for the session, sessions share stripes,
-- and sharing costs serialization failures: see ARCHITECTURE.md.)
CREATE OR REPLACE FUNCTION public.own_stripe() RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
  v_kept text := current_setting('wallet.stripe', true);
  v_first integer := pg_backend_pid() % public.system_stripes();
  v_stripe integer;
BEGIN
  IF v_kept <> '' THEN
    RETURN v_kept;
  END IF;
  -- A rollback takes the setting back, not the lock: the same session comes to the same stripe again.
  FOR v_try IN 0 .. public.system_stripes() - 1 LOOP
    v_stripe := 1 + (v_first + v_try) % public.system_stripes();
    IF pg_try_advisory_lock(7214093, v_stripe) THEN
      RETURN set_config('wallet.stripe', v_stripe::text, false);
    END IF;
  END LOOP;
  RETURN 1 + floor(random() * public.system_stripes());
END $$;
