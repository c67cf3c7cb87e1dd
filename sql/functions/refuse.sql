-- Ends the transaction with a fault of the error catalogue, and takes back all that it did. The error's hint
-- is the catalogue's code, its detail what the reply's details say, as JSON (lib/db/failures.ts reads both).
-- p_where and p_more come before the message and into the details.
CREATE OR REPLACE FUNCTION public.refuse(
  p_fault public.fault, p_about jsonb DEFAULT '{}', p_where text DEFAULT '', p_more jsonb DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_told record := public.describe_refusal(ROW(p_fault, p_about));
  v_details jsonb := CASE WHEN p_more IS NULL THEN v_told.details
    ELSE coalesce(v_told.details, '{}') || p_more END;
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'W0001', HINT = p_fault::text, MESSAGE = p_where || v_told.message,
    DETAIL = coalesce(v_details::text, '');
END $$;
