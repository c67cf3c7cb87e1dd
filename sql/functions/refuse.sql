-- Ends the transaction with a row of the error catalogue (lib/base/errors.ts): its SQLSTATE, a message for the caller, details as JSON.
CREATE OR REPLACE FUNCTION public.refuse(p_sqlstate text, p_message text, p_details jsonb DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = p_sqlstate, MESSAGE = p_message, DETAIL = coalesce(p_details::text, '');
END $$;
