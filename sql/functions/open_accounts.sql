-- Opens those of these players' accounts that do not exist; the others stay as they are. p_accounts: a JSON
-- list of {home, user_id, name?}. Answers how many it opened and how many there were.
CREATE OR REPLACE FUNCTION public.open_accounts(
  p_accounts jsonb, p_principal text DEFAULT NULL, OUT created integer, OUT existed integer
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_account record;
BEGIN
  created := 0;
  existed := 0;
  -- In one order by all, since two that open the same accounts wait for each other.
  FOR v_account IN
    SELECT * FROM jsonb_to_recordset(p_accounts) AS a(home integer, user_id text, name text)
    ORDER BY a.home, a.user_id COLLATE "C"
  LOOP
    IF public.require_transaction(v_account.home, v_account.user_id)
      AND public.open_account(v_account.home, v_account.user_id, v_account.name, p_principal) THEN
      created := created + 1;
    ELSE
      existed := existed + 1;
    END IF;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION public.open_accounts TO wallet_app;
