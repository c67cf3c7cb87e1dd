-- A function that no single node can answer runs where it was called, and works on the other nodes as its
-- owner. So wallet_owner must be able to log in there; it has no password. This runs as the login that
-- migrates, before the migrations do.
DO $$
DECLARE
  v_role text;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['wallet_owner', 'wallet_app', 'wallet_reader'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I', v_role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('ALTER ROLE %I LOGIN', v_role);
    -- A function may call another that reads a distributed table.
    EXECUTE format('ALTER ROLE %I SET citus.allow_nested_distributed_execution = on', v_role);
  END LOOP;
END $$;
