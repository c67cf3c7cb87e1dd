-- Locks every balance that a batch touches, in one order, and makes those that are missing. Answers them in
-- that order, and why a missing one could not be made. What expired holds reserve is released, and what has
-- expired is booked first. A leg
-- knows its two balances by their places here (debit_at, credit_at).
-- One by one (LATERAL): a join would read everybody's balances when they are few, and so conflict with every
-- posting.
CREATE OR REPLACE FUNCTION public.lock_batch(
  p_legs public.batch_leg[], OUT balances public.balances[], OUT unopened public.refusal[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_side record;
  v_at bigint;
  v_places integer[];
  v_homes integer[];
  v_handles text[];
  v_asset_codes text[];
  v_refusals public.refusal[];
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_try IN 1 .. 2 LOOP
    SELECT array_agg(b ORDER BY side.place) INTO balances
    FROM (
      SELECT DISTINCT ON (s.place) s.place, l.home, s.handle, l.asset_code
      FROM unnest(p_legs) AS l
      CROSS JOIN LATERAL (VALUES (l.debit_at, l.debit), (l.credit_at, l.credit)) AS s(place, handle)
      ORDER BY s.place) AS side
    LEFT JOIN LATERAL (
      SELECT * FROM public.balances b
      WHERE b.home = side.home AND b.handle = side.handle AND b.asset_code = side.asset_code
      FOR NO KEY UPDATE NOWAIT) AS b ON true;
    EXIT WHEN v_try = 2 OR array_position(balances, NULL) IS NULL;

    SELECT array_agg(m.place), array_agg(m.home), array_agg(m.handle), array_agg(m.asset_code)
    INTO v_places, v_homes, v_handles, v_asset_codes
    FROM (
      SELECT DISTINCT ON (s.place) s.place, l.home, s.handle, l.asset_code
      FROM unnest(p_legs) AS l
      CROSS JOIN LATERAL (VALUES (l.debit_at, l.debit), (l.credit_at, l.credit)) AS s(place, handle)
      WHERE balances[s.place] IS NULL
      ORDER BY s.place) AS m;
    v_refusals := public.open_balances(v_homes, v_handles, v_asset_codes);
    FOR v_at IN 1 .. cardinality(v_places) LOOP
      unopened[v_places[v_at]] := v_refusals[v_at];
    END LOOP;
  END LOOP;
  FOR v_side IN
    SELECT b.home, b.handle, b.asset_code, b.held, b.lots, b.ordinality
    FROM unnest(balances) WITH ORDINALITY AS b
    LEFT JOIN public.asset_types s ON s.id = b.asset_type_id
    WHERE b.held > 0 OR b.next_expiry <= v_now OR b.burn_order <> s.burn_order
  LOOP
    v_at := v_side.ordinality;
    WHILE public.refresh_lots(balances[v_at], v_now) LOOP
      balances[v_at] := public.lock_balance(v_side.home, v_side.handle, v_side.asset_code);
    END LOOP;
    IF v_side.lots IS NULL THEN
      balances[v_at].held := v_side.held - public.release_expired_holds(balances[v_at]);
    END IF;
  END LOOP;
END $$;
