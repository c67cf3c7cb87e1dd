-- Posts a group of transactions together or not at all, as if one by one in their order, in a fixed number of statements: resolve, lock all
-- balances in one order, compute every running balance, claim the keys with the rows, move. p_elements: a JSON list of {id, type, debit,
-- credit, asset, amount, key, hash (hex), metadata}. An element whose key has posted the same request is a replay and moves nothing.
-- The first element that post_transaction would refuse is the refusal, its details with the element's index.
-- Answers a row per element, in their order; group_id: the group that it was posted in.
CREATE OR REPLACE FUNCTION public.post_batch(p_group_id uuid, p_elements jsonb, p_principal text)
RETURNS TABLE (transaction_id uuid, debit_balance numeric, credit_balance numeric, created_at timestamptz, replayed boolean, group_id uuid)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v_all public.batch_element[] := public.resolve_batch(p_elements);
  v_unknown integer := (SELECT min(e.position) FROM unnest(v_all) AS e WHERE e.debit_id IS NULL OR e.credit_id IS NULL OR e.asset_id IS NULL);
  -- Who stands before an unknown name may be refused before it.
  v_elements public.batch_element[] := v_all[:coalesce(v_unknown, cardinality(v_all))];
  v_replays uuid[] := '{}';
  v_written record;
BEGIN
  PERFORM public.lock_batch(v_elements);
  SELECT * INTO v_written FROM public.write_batch(v_elements, v_replays, p_group_id, p_principal);
  IF v_written.fault IS NOT NULL OR v_written.position = -1 THEN
    -- A key that was used before is what is wrong, or changes what is: look, and do without the replays.
    v_replays := public.match_keys(v_elements);
    SELECT * INTO v_written FROM public.write_batch(v_elements, v_replays, p_group_id, p_principal);
    IF v_written.fault IS NOT NULL THEN
      PERFORM public.refuse_element(v_elements[v_written.position + 1], v_written.fault, v_written.details);
    ELSIF v_written.position = -1 THEN
      RAISE EXCEPTION 'a key was claimed by a concurrent posting' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF v_unknown IS NOT NULL THEN
    PERFORM public.refuse_element(v_all[v_unknown + 1], CASE
      WHEN (v_all[v_unknown + 1]).debit_id IS NULL OR (v_all[v_unknown + 1]).credit_id IS NULL THEN 'W404U' ELSE 'W404A' END);
  END IF;

  -- Not read back from the journal where it need not be: others insert on the page of its key, and two batches would conflict.
  IF v_replays = '{}' THEN
    RETURN QUERY
      SELECT e.id, v_written.debit_balances[e.position + 1], v_written.credit_balances[e.position + 1], v_written.times[e.position + 1], false, p_group_id
      FROM unnest(v_elements) AS e
      ORDER BY e.position;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT j.id, j.debit_balance, j.credit_balance, j.created_at, v_replays[e.position + 1] IS NOT NULL, j.group_id
    FROM unnest(v_elements) AS e
    JOIN public.journal j ON j.id = coalesce(v_replays[e.position + 1], e.id)
    ORDER BY e.position;
END $$;
GRANT EXECUTE ON FUNCTION public.post_batch TO wallet_app;
