-- Rows of the journal and of changes whose xact lies below the horizon are complete: no transaction that is
-- still open can add one.
CREATE OR REPLACE FUNCTION public.horizon() RETURNS xid8
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN public.lifted(
    pg_snapshot_xmin(pg_current_snapshot()),
    (SELECT e.lift FROM public.epochs e ORDER BY e.id DESC LIMIT 1));
END $$;
