-- Begins a new epoch where the ledger has come into another cluster, by a restore, a copy or an upgrade;
-- whether it did. The migrator calls it, and a job each minute. Until then read_events answers nothing.
--
-- A restore goes back in time and then counts on: what a reader saw of the lost time is followed by other
-- rows of the same numbers. So the new epoch began where the last checkpoint ended, and cursors of earlier
-- epochs go on from there. A copy has the old rows, and a cluster that counts anew. So its numbers are lifted
-- above theirs, by a new default of the columns; and so are those of rows that were posted here before
-- anybody noticed. Their system column xmin tells them from rows that came with the copy. (Each erasure has a
-- row of changes with its number.)
CREATE OR REPLACE FUNCTION public.begin_epoch() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_last public.epochs;
  v_now xid8;
  v_newest xid8;
  v_posted_here xid8;
  v_lift bigint;
  v_table text;
BEGIN
  LOCK TABLE public.epochs IN SHARE ROW EXCLUSIVE MODE;
  SELECT * INTO v_last FROM public.epochs e ORDER BY e.id DESC LIMIT 1;
  IF v_last.cluster = public.cluster_id() THEN
    RETURN false;
  END IF;
  v_last.lift := coalesce(v_last.lift, 0);
  v_now := public.lifted(pg_current_xact_id(), v_last.lift);
  v_newest := greatest(
    (SELECT max(j.xact) FROM public.journal j), (SELECT max(c.xact) FROM public.changes c),
    -- What was signed reaches further than the last row: nothing may come to lie within it.
    (SELECT public.lifted(max(c.upto), -1) FROM public.checkpoints c));
  IF v_newest >= v_now THEN
    v_posted_here := least(
      (SELECT min(j.xact) FROM public.journal j
        WHERE j.xact < v_now AND public.is_posted_here(j.xact, j.xmin, v_last.lift)),
      (SELECT min(c.xact) FROM public.changes c
        WHERE c.xact < v_now AND public.is_posted_here(c.xact, c.xmin, v_last.lift)),
      v_now);
    v_lift := v_newest::text::bigint - v_posted_here::text::bigint + 1;
    FOREACH v_table IN ARRAY ARRAY['journal', 'changes', 'erasures'] LOOP
      EXECUTE format($query$
        UPDATE public.%I SET xact = public.lifted(xact, $1)
        WHERE xact < $2 AND public.is_posted_here(xact, xmin, $3) $query$, v_table)
      USING v_lift, v_now, v_last.lift;
      EXECUTE format(
        'ALTER TABLE public.%I ALTER xact SET DEFAULT public.lifted(pg_current_xact_id(), %s)',
        v_table, v_last.lift + v_lift);
    END LOOP;
  END IF;
  INSERT INTO public.epochs (id, cluster, began, lift)
  VALUES (
    greatest(extract(epoch FROM clock_timestamp())::bigint, v_last.id + 1), public.cluster_id(),
    coalesce((SELECT max(c.upto) FROM public.checkpoints c), '0'), v_last.lift + coalesce(v_lift, 0));
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION public.begin_epoch TO wallet_app;
