-- The isolation level comes from the role that logs in; a wrong role must fail loudly, not post weakly. Returns true, so that it can be
-- called in an expression: as a statement of its own it would cost ten times as much.
CREATE OR REPLACE FUNCTION public.require_serializable() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'serializable' THEN
    RAISE EXCEPTION 'the ledger is written in serializable transactions only, this one is %', current_setting('transaction_isolation')
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  RETURN true;
END $$;
