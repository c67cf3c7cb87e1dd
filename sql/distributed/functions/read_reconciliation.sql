-- On several nodes: the last reconciliation; no row before the first. is_current: false, because a run cannot
-- go on from the last one without a commit order, so each looks at everything.
CREATE OR REPLACE FUNCTION public.read_reconciliation()
RETURNS TABLE (
  "full" boolean, snapshot_at timestamptz, upto xid8, finished_at timestamptz, checked jsonb,
  discrepancies jsonb,
  is_current boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT r."full", r.snapshot_at, r.upto, r.finished_at, r.checked, r.discrepancies, false
  FROM public.reconciliation_runs r ORDER BY r.id DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public.read_reconciliation TO wallet_reader, wallet_app;
