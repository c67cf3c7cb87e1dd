-- A checkpoint, and all before it, lie outside of the database.
CREATE OR REPLACE FUNCTION public.record_anchor(p_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
BEGIN
  UPDATE public.checkpoints c SET anchored = true WHERE c.number <= p_number AND NOT c.anchored;
END $$;
GRANT EXECUTE ON FUNCTION public.record_anchor TO wallet_app;
