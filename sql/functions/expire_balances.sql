-- The sweeper: books what has expired of these balances, a JSON list of {home, user_id, asset_code}, as
-- find_lapsed told. (To look for them in this transaction would read index pages that postings write to, and
-- conflict with them.) A busy balance is left for the next run. Returns how many it brought up to date.
-- (Nothing waits for it: what has expired is in no balance, and the next posting books it.)
CREATE OR REPLACE FUNCTION public.expire_balances(p_balances jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_part record;
  v_of_part integer;
  v_swept integer := 0;
BEGIN
  FOR v_part IN
    SELECT (d.balance->>'home')::integer AS home, jsonb_agg(d.balance) AS balances
    FROM jsonb_array_elements(p_balances) AS d(balance)
    GROUP BY 1
    ORDER BY 1
  LOOP
    SELECT s INTO v_of_part FROM public.sweep_lots(v_part.home, v_part.balances) AS s;
    v_swept := v_swept + v_of_part;
  END LOOP;
  RETURN v_swept;
END $$;
GRANT EXECUTE ON FUNCTION public.expire_balances TO wallet_app;
