-- On several nodes: posts a group of transactions, one by one in the order that each player sees. The
-- elements of a home go to its node in one call; those of two homes have no order among each other, unless a
-- transfer stands between them. The parameters and the answer are those of the function for one node, but
-- p_claimed is not needed: each posting finds by itself whether its key was claimed.
CREATE OR REPLACE FUNCTION public.post_batch(
  p_group_id uuid, p_elements jsonb, p_claimed uuid[] DEFAULT '{}', p_principal text DEFAULT NULL,
  p_skip_refused boolean DEFAULT false)
RETURNS TABLE (
  transaction_id uuid, debit_balance numeric, credit_balance numeric, created_at timestamptz,
  replayed boolean,
  group_id uuid, code public.fault, message text, lots jsonb)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction();
  v_step record;
  v_part jsonb;
  v_outcomes jsonb := '[]';
  v_failures jsonb;
  v_first jsonb;
BEGIN
  FOR v_step IN
    -- run: how many transfers come before.
    SELECT e.run, e.home, e.is_transfer, jsonb_agg(e.element ORDER BY e.position) AS elements
    FROM (
      SELECT e.position, e.element || jsonb_build_object('position', e.position) AS element,
        (e.element->>'home')::integer AS home, e.element->>'kind' = 'TRANSFER' AS is_transfer,
        count(*) FILTER (WHERE e.element->>'kind' = 'TRANSFER') OVER (
          ORDER BY e.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS run
      FROM jsonb_array_elements(p_elements) WITH ORDINALITY AS e(element, position)) AS e
    GROUP BY e.run, e.is_transfer, e.home
    ORDER BY e.run, e.is_transfer, e.home
  LOOP
    IF v_step.is_transfer THEN
      v_part := public.post_element(v_step.home, p_group_id, v_step.elements->0, p_principal);
    ELSE
      SELECT p INTO v_part
      FROM public.post_part(v_step.home, p_group_id, v_step.elements, p_principal) AS p;
    END IF;
    v_outcomes := v_outcomes || v_part;
  END LOOP;

  SELECT jsonb_agg(f ORDER BY (f->>'position')::integer) INTO v_failures
  FROM jsonb_array_elements(v_outcomes) AS f WHERE f ? 'code';
  IF v_failures IS NOT NULL AND NOT p_skip_refused THEN
    v_first := v_failures->0 || jsonb_build_object('index', (v_failures->0->>'position')::integer - 1);
    IF v_first->>'code' = 'VALIDATION_ERROR' THEN
      PERFORM public.refuse('VALIDATION_ERROR', jsonb_build_object(
        'path', format('transactions.%s.%s', v_first->>'index', v_first#>>'{details,0,path}'),
        'rule', v_first#>'{details,0,message}'));
    END IF;
    RAISE EXCEPTION USING
      ERRCODE = 'W0001', HINT = v_first->>'code',
      MESSAGE = format('transactions.%s: %s', v_first->>'index', v_first->>'message'),
      DETAIL = coalesce(nullif(v_first->'details', 'null'), '{}') || jsonb_build_object(
        'index', v_first->'index', 'failureCount', jsonb_array_length(v_failures),
        'failures', (
          SELECT jsonb_agg(jsonb_build_object(
            'index', (f.failure->>'position')::integer - 1, 'code', f.failure->'code',
            'message', f.failure->'message') ORDER BY f.place)
          FROM jsonb_array_elements(v_failures) WITH ORDINALITY AS f(failure, place) WHERE f.place <= 50));
  END IF;
  RETURN QUERY
    SELECT o.transaction_id, o.debit_balance, o.credit_balance, o.created_at, o.replayed, o.group_id, o.code,
      o.message, nullif(o.lots, 'null')
    FROM jsonb_to_recordset(v_outcomes) AS o(
      position integer, transaction_id uuid, debit_balance numeric, credit_balance numeric,
      created_at timestamptz, replayed boolean, group_id uuid, code public.fault, message text, lots jsonb)
    ORDER BY o.position;
END $$;
GRANT EXECUTE ON FUNCTION public.post_batch TO wallet_app;
COMMENT ON FUNCTION public.post_batch
  IS 'Nullable: debit_balance, credit_balance, created_at, group_id, code, message, lots';
