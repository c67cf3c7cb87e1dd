-- Fails, with a system error, in a cluster whose epoch has not begun (begin_epoch): its rows are not in commit
-- order yet.
CREATE OR REPLACE FUNCTION public.require_epoch() RETURNS public.epochs
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_epoch public.epochs;
BEGIN
  SELECT * INTO v_epoch FROM public.epochs e ORDER BY e.id DESC LIMIT 1;
  IF v_epoch.cluster <> public.cluster_id() THEN
    RAISE EXCEPTION 'the ledger has come into another cluster, whose epoch has not begun'
      USING ERRCODE = 'system_error';
  END IF;
  RETURN v_epoch;
END $$;
