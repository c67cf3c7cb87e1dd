-- The last reconciliation; no row before the first. is_current: false when upto lies above this cluster's
-- horizon, as after a restore into a cluster that counts anew.
CREATE OR REPLACE FUNCTION public.read_reconciliation()
RETURNS TABLE (
  "full" boolean, snapshot_at timestamptz, upto xid8, finished_at timestamptz, checked jsonb,
  discrepancies jsonb,
  is_current boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT r."full", r.snapshot_at, r.upto, r.finished_at, r.checked, r.discrepancies,
    r.upto <= public.horizon()
  FROM public.reconciliation_runs r ORDER BY r.id DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public.read_reconciliation TO wallet_reader, wallet_app;
