-- The isolation level comes from the role that logs in; a wrong role must fail loudly, not post weakly.
CREATE OR REPLACE FUNCTION public.require_serializable() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'serializable' THEN
    RAISE EXCEPTION 'the ledger is written in serializable transactions only, this one is %', current_setting('transaction_isolation')
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
END $$;
