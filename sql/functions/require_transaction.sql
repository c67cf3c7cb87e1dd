-- Fails loudly where a caller is wired wrongly: a transaction that is neither serializable nor repeatable
-- read (the isolation level comes from the role that logs in), or a home that is not the player's. Returns
-- true, so that it can be called in an expression: as a statement of its own it would cost ten times as much.
CREATE OR REPLACE FUNCTION public.require_transaction(
  p_home integer DEFAULT NULL, p_user_id text DEFAULT NULL)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('serializable', 'repeatable read') THEN
    RAISE EXCEPTION 'the ledger is not written in transactions that are %',
      current_setting('transaction_isolation')
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  RETURN public.require_home(p_home, p_user_id);
END $$;
