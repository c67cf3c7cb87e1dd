-- Keeps what a reconciliation found.
CREATE OR REPLACE FUNCTION public.record_reconciliation(
  p_full boolean, p_snapshot_at timestamptz, p_upto xid8, p_checked jsonb, p_discrepancies jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
  INSERT INTO public.reconciliation_runs ("full", snapshot_at, upto, checked, discrepancies)
  VALUES (p_full, p_snapshot_at, p_upto, p_checked, p_discrepancies)
$$;
GRANT EXECUTE ON FUNCTION public.record_reconciliation TO wallet_app;
