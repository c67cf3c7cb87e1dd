-- On several nodes: opens those of these players' accounts that do not exist, each on its own node. The
-- parameters and the answer are those of the function for one node.
CREATE OR REPLACE FUNCTION public.open_accounts(
  p_accounts jsonb, p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  OUT created integer, OUT existed integer
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_account record;
  v_opened boolean;
BEGIN
  created := 0;
  FOR v_account IN
    SELECT a.home, a.user_id, a.name
    FROM ROWS FROM (jsonb_to_recordset(p_accounts) AS (home integer, user_id text, name text))
      WITH ORDINALITY AS a
    ORDER BY a.home, a.user_id COLLATE "C", a.ordinality
  LOOP
    SELECT o INTO v_opened FROM public.open_account(
      v_account.home, v_account.user_id, v_account.name, p_principal, p_reason) AS o;
    created := created + v_opened::integer;
  END LOOP;
  existed := jsonb_array_length(p_accounts) - created;
END $$;
GRANT EXECUTE ON FUNCTION public.open_accounts TO wallet_app;
