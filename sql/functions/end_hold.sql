-- Ends an active hold, and tells of it. p_transaction_id: of the purchase that captured it.
CREATE OR REPLACE FUNCTION public.end_hold(
  p_home integer, p_hold_id uuid, p_status public.hold_status, p_transaction_id uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  UPDATE public.holds h
  SET status = p_status, resolved_at = v_now, transaction_id = p_transaction_id
  WHERE h.home = p_home AND h.id = p_hold_id;
  INSERT INTO public.changes (home, type, hold_id)
  VALUES (p_home, ('wallet.hold.' || p_status)::public.event_type, p_hold_id);
END $$;
