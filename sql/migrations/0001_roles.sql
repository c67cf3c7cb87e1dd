-- Roles belong to the whole server, the rest of the schema to one database. So this file alone may find some
-- of its work done already, when a second wallet is installed on the same server. It runs as the login that
-- migrates; every later file runs as wallet_owner.
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

  -- Settings live on the role because a pooler passes them through, while SET or startup parameters pin its
  -- session or are refused.
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
      WHERE r.rolname = wanted.role AND s.setdatabase = 0
        AND wanted.name || '=' || wanted.value = ANY (s.setconfig))
  LOOP
    EXECUTE format('ALTER ROLE %I SET %I = %L', v_setting.role, v_setting.name, v_setting.value);
  END LOOP;

  -- A login renews its own password when it is rotated, and ALTER ROLE needs a transaction that may write.
  -- wallet_reader stays unable to write anything else: it has no right to. This is set for one database,
  -- because two installations on one server that change the role itself at one time fail.
  EXECUTE format(
    'ALTER ROLE wallet_reader IN DATABASE %I SET default_transaction_read_only = off', current_database());

  -- How a session writes times, bytes and numbers as text, which the service reads. Set for the roles in this
  -- database, so that it wins over what ALTER ROLE, ALTER DATABASE and postgresql.conf say.
  FOREACH v_role IN ARRAY ARRAY['wallet_app', 'wallet_reader'] LOOP
    FOR v_setting IN
      SELECT * FROM (VALUES
        ('DateStyle', '''ISO, YMD'''), ('TimeZone', '''UTC'''), ('IntervalStyle', '''postgres'''),
        ('bytea_output', '''hex'''), ('extra_float_digits', '1')) AS wanted(name, value)
    LOOP
      EXECUTE format(
        'ALTER ROLE %I IN DATABASE %I SET %s = %s',
        v_role, current_database(), v_setting.name, v_setting.value);
    END LOOP;
  END LOOP;

  -- From PostgreSQL 16 on, a role that creates another may grant it, but may not yet act as it.
  BEGIN
    EXECUTE format('GRANT wallet_owner TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN
    NULL; -- Another login made the role. The next file says so, if need be.
  END;

  -- Nobody but the owner creates anything here, not even temporary tables: the SECURITY DEFINER functions
  -- rely on it.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO wallet_owner, wallet_app, wallet_reader', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO wallet_owner;
GRANT USAGE ON SCHEMA public TO wallet_app, wallet_reader;
