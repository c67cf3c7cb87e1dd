-- The last reconciliation; no row before the first.
CREATE OR REPLACE FUNCTION public.read_reconciliation()
RETURNS TABLE ("full" boolean, snapshot_at timestamptz, finished_at timestamptz, checked jsonb, discrepancies jsonb)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT r."full", r.snapshot_at, r.finished_at, r.checked, r.discrepancies FROM public.reconciliation_runs r ORDER BY r.id DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public.read_reconciliation TO wallet_reader, wallet_app;
