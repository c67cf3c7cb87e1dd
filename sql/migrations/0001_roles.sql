-- Roles belong to the whole server, the rest of the schema to one database: so this file, alone, finds some of its work done already
-- when a second wallet is installed on the same server. Runs as whoever migrates; every later file runs as wallet_owner.
DO $$
DECLARE
  v_role text;
  v_setting record;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['wallet_owner NOLOGIN', 'wallet_app LOGIN', 'wallet_reader LOGIN'] LOOP
    BEGIN
      EXECUTE 'CREATE ROLE ' || v_role;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;

  -- Settings live on the role because a pooler passes them through, while SET or startup parameters pin its session or are refused.
  FOR v_setting IN
    SELECT * FROM (VALUES
      ('wallet_app', 'default_transaction_isolation', 'serializable'),
      ('wallet_app', 'statement_timeout', '10s'),
      ('wallet_app', 'lock_timeout', '2s'),
      ('wallet_app', 'idle_in_transaction_session_timeout', '10s'),
      ('wallet_reader', 'default_transaction_isolation', 'read committed'),
      ('wallet_reader', 'default_transaction_read_only', 'on'),
      ('wallet_reader', 'statement_timeout', '10s'),
      ('wallet_reader', 'idle_in_transaction_session_timeout', '10s')
    ) AS wanted(role, name, value)
    WHERE NOT EXISTS (
      SELECT FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
      WHERE r.rolname = wanted.role AND s.setdatabase = 0 AND wanted.name || '=' || wanted.value = ANY (s.setconfig))
  LOOP
    EXECUTE format('ALTER ROLE %I SET %I = %L', v_setting.role, v_setting.name, v_setting.value);
  END LOOP;

  -- From PostgreSQL 16 on, who creates a role may grant it, but not yet act as it.
  BEGIN
    EXECUTE format('GRANT wallet_owner TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN NULL; -- Another login made the role; if this one may not act as it, the next file says so.
  END;

  -- Nobody but the owner creates anything here, not even temporary tables: the SECURITY DEFINER functions rely on it.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO wallet_owner, wallet_app, wallet_reader', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO wallet_owner;
GRANT USAGE ON SCHEMA public TO wallet_app, wallet_reader;
