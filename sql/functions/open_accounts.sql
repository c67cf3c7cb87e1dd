-- Opens those of these players' accounts that do not exist; the others stay as they are. p_accounts: a JSON
-- list of {home, user_id, name?}. Answers how many it opened and how many there were. Two calls that open the
-- same accounts wait for each other, so all make them in one order.
DROP FUNCTION IF EXISTS public.open_accounts(jsonb, text);
CREATE OR REPLACE FUNCTION public.open_accounts(
  p_accounts jsonb, p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  OUT created integer, OUT existed integer
) LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM public.require_transaction(a.home, a.user_id)
  FROM jsonb_to_recordset(p_accounts) AS a(home integer, user_id text);
  -- The first of those that name one player is the one that counts.
  WITH opened AS (
    INSERT INTO public.user_accounts AS u (home, id, handle, name)
    SELECT a.home,
      a.home::bigint << 48 | ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint, a.user_id, a.name
    FROM (
      SELECT DISTINCT ON (a.home, a.user_id COLLATE "C") a.home, a.user_id, a.name
      FROM ROWS FROM (jsonb_to_recordset(p_accounts) AS (home integer, user_id text, name text))
        WITH ORDINALITY AS a
      ORDER BY a.home, a.user_id COLLATE "C", a.ordinality) AS a
    ON CONFLICT DO NOTHING
    RETURNING u.*
  ), acts AS (
    INSERT INTO public.administrative_acts (home, account_id, act, principal, reason, after)
    SELECT o.home, o.id, 'OPENED', p_principal, p_reason, jsonb_build_object('name', o.name) FROM opened o
  ), told AS (
    INSERT INTO public.changes (home, type, data)
    SELECT o.home, 'wallet.account.opened', public.account_data(o::public.user_accounts) FROM opened o)
  SELECT count(*) INTO created FROM opened;
  existed := jsonb_array_length(p_accounts) - created;
  IF EXISTS (
    SELECT FROM jsonb_to_recordset(p_accounts) AS a(home integer, user_id text)
    WHERE NOT EXISTS (
      SELECT FROM public.user_accounts u WHERE u.home = a.home AND u.handle = a.user_id)) THEN
    RAISE EXCEPTION 'the id of a new account was taken'
      USING ERRCODE = 'serialization_failure'; -- Another try draws another.
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.open_accounts TO wallet_app;
