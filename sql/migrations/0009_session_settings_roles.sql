-- How a session writes times, bytes and numbers as text, which the service reads. For the roles in this database: so it wins over what
-- ALTER ROLE, ALTER DATABASE and postgresql.conf say. Runs as whoever migrates, as 0001 does.
DO $$
DECLARE
  v_role text;
  v_setting text;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['wallet_app', 'wallet_reader'] LOOP
    FOREACH v_setting IN ARRAY ARRAY[
      'DateStyle = ''ISO, YMD''', 'TimeZone = ''UTC''', 'IntervalStyle = ''postgres''', 'bytea_output = ''hex''', 'extra_float_digits = 1']
    LOOP
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %s', v_role, current_database(), v_setting);
    END LOOP;
  END LOOP;
END $$;
