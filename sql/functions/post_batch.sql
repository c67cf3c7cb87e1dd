-- Posts a group of transactions, as if one by one in their order, in one pass: resolve their names, lock all
-- balances in one order, match the keys, decide each in turn with its balances kept at hand, then write and
-- move all at once.
-- p_elements: a JSON list of {home, to_home (of a transfer, the receiver's), kind, debit, credit, asset_code,
-- amount, key, request_hash (hex), metadata, open_account, lots}. An element whose key has posted the same
-- request is a replay, and moves nothing. If the rulebook refuses an element, the whole batch is refused; its
-- details list the first 50. With p_skip_refused such an element is left out, and its row says why.
-- p_claimed: those of the elements' ids that were claimed before, as find_claimed told. (To look for absent
-- keys in this transaction would read index pages that other batches write to, and any two batches would
-- conflict.) One that was claimed since then is W0002: ask again.
-- Answers a row per element, in their order. group_id: the group that it was posted in.
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
  v_legs public.batch_leg[] := public.resolve_batch(p_elements);
  v_balances public.balances[];
  v_unopened public.refusal[];
  v_claims public.journal[];
  v_rows public.journal[] := '{}';
  v_written bigint;
  v_leg public.batch_leg;
  v_next public.batch_leg;
  v_debit public.balances;
  v_credit public.balances;
  v_row public.journal;
  v_fault public.fault;
  v_refusal public.refusal;
  v_opens boolean;
  v_time timestamptz;
  v_move public.lot_move;
  v_next_move public.lot_move;
  v_first jsonb;
  v_failures jsonb[] := '{}';
  v_failure_count integer := 0;
  v_unmatched uuid[] := '{}';
BEGIN
  SELECT l.balances, l.unopened INTO v_balances, v_unopened FROM public.lock_batch(v_legs) AS l;
  v_claims := public.match_batch(v_legs, p_claimed);

  FOR v_at IN 1 .. cardinality(v_legs) LOOP
    v_leg := v_legs[v_at];
    v_debit := v_balances[v_leg.debit_at];
    v_credit := v_balances[v_leg.credit_at];
    v_time := greatest(clock_timestamp(), v_debit.last_entry_at + interval '1 microsecond',
      v_credit.last_entry_at + interval '1 microsecond');

    -- An element is decided with its first leg.
    IF v_leg.leg = '' THEN
      -- A player without an account is judged as if there were one with nothing in it; it is opened below, if
      -- the element passes. An element before this one may have opened it.
      v_opens := (v_unopened[v_leg.credit_at]).fault = 'USER_NOT_FOUND' AND (v_leg.open_account OR EXISTS (
        SELECT FROM public.user_accounts a WHERE a.home = v_leg.home AND a.handle = v_leg.credit));
      IF v_opens THEN
        v_credit.account_id := 1;
        v_credit.balance := 0;
        v_credit.asset_type_id := v_debit.asset_type_id;
        v_credit.burn_order := v_leg.burn_order;
        v_credit.lots := CASE WHEN v_leg.burn_order IS NOT NULL THEN '{}'::public.lot[] END;
      END IF;
      v_fault := public.posting_fault(v_leg.kind, v_debit, v_credit, v_leg.amount, v_leg.transferable);
      v_refusal := least(
        v_unopened[v_leg.debit_at], CASE WHEN v_opens IS NOT TRUE THEN v_unopened[v_leg.credit_at] END);
      IF v_fault IS NOT NULL THEN
        v_refusal := least(
          v_refusal, ROW(v_fault, public.posting_facts(v_debit, v_credit, v_leg.amount))::public.refusal);
      END IF;
      v_row := v_claims[v_leg.claim_at];
      -- A replay moves no lots; what it said of them may be over by now, such as an expiry.
      v_move := CASE WHEN v_row.id IS NULL THEN public.batch_lots(v_leg, v_debit, v_credit, v_time) END;
      v_refusal := least(v_refusal, v_move.refusal);
      v_next := v_legs[v_at + 1];
      IF v_next.leg = 'to' THEN
        v_next_move := public.batch_lots(
          v_next, v_balances[v_next.debit_at], v_balances[v_next.credit_at], v_time, v_move.moved);
        v_refusal := least(v_refusal, v_unopened[v_next.debit_at], v_unopened[v_next.credit_at],
          CASE WHEN v_row.id IS NULL THEN v_next_move.refusal END);
        v_fault := public.posting_fault(
          v_next.kind, v_balances[v_next.debit_at], v_balances[v_next.credit_at], v_next.amount,
          v_next.transferable);
        IF v_fault IS NOT NULL THEN
          v_refusal := least(v_refusal, ROW(v_fault, public.posting_facts(
            v_balances[v_next.debit_at], v_balances[v_next.credit_at], v_next.amount))::public.refusal);
        END IF;
      END IF;
      replayed := v_row.id IS NOT NULL AND (v_refusal.fault IS NULL
        OR v_refusal.fault > 'IDEMPOTENCY_KEY_REUSED');
      IF replayed THEN
        v_refusal := CASE
          WHEN (v_row.id, v_row.idempotency_key, v_row.request_hash)
            <> (v_leg.id, v_leg.key, v_leg.request_hash)
          THEN ROW('IDEMPOTENCY_KEY_REUSED', '{}')::public.refusal END;
      END IF;
    ELSE
      v_move := v_next_move;
    END IF;

    IF v_refusal.fault IS NULL AND NOT replayed THEN
      IF v_opens AND v_leg.leg = '' THEN
        v_credit := public.lock_balance(
          v_leg.home, v_leg.credit, v_leg.asset_code, v_leg.open_account, p_principal);
        v_unopened[v_leg.credit_at] := NULL;
      END IF;
      v_debit.balance := v_debit.balance - v_leg.amount;
      v_credit.balance := v_credit.balance + v_leg.amount;
      v_debit.entry_count := v_debit.entry_count + 1;
      v_credit.entry_count := v_credit.entry_count + 1;
      v_debit.last_entry_at := v_time;
      v_credit.last_entry_at := v_time;
      v_debit.lots := v_move.debit_lots;
      v_credit.lots := v_move.credit_lots;
      v_balances[v_leg.debit_at] := v_debit;
      v_balances[v_leg.credit_at] := v_credit;
      v_row := public.journal_row(v_leg, v_debit, v_credit, p_group_id, p_principal, v_move.moved);
      v_rows := v_rows || v_row;
      v_claims[v_leg.claim_at] := v_row;
    END IF;

    CONTINUE WHEN v_leg.leg = 'to';
    transaction_id := v_leg.id;
    debit_balance := v_row.debit_balance;
    credit_balance := v_row.credit_balance;
    created_at := v_row.created_at;
    group_id := v_row.group_id;
    lots := public.told_lots(v_row.lots, v_row.debit_account_id, v_row.amount, v_row.credit_balance);
    code := v_refusal.fault;
    message := NULL;
    IF code IS NOT NULL THEN
      message := (public.describe_refusal(v_refusal)).message;
      v_first := coalesce(v_first, to_jsonb(v_refusal) || jsonb_build_object('index', v_leg.position));
      v_failure_count := v_failure_count + 1;
      IF (v_claims[v_leg.claim_at]).id IS NULL THEN
        v_unmatched := v_unmatched || v_leg.id;
      END IF;
      IF v_failure_count <= 50 THEN
        v_failures := v_failures
          || jsonb_build_object('index', v_leg.position, 'code', code, 'message', message);
      END IF;
    END IF;
    RETURN NEXT;
  END LOOP;

  -- A refusal says that nothing was posted. So a refused key must not have been claimed since p_claimed was
  -- told: by the very same request, whose first try committed and whose answer was lost.
  IF cardinality(v_unmatched) > 0 AND cardinality(public.find_claimed(v_unmatched)) > 0 THEN
    RAISE EXCEPTION 'a refused key was claimed meanwhile' USING ERRCODE = 'W0002';
  END IF;
  IF v_failure_count > 0 AND NOT p_skip_refused THEN
    IF v_first->>'fault' = 'VALIDATION_ERROR' THEN
      PERFORM public.refuse('VALIDATION_ERROR', (public.refusal_at(
        format('transactions.%s', v_first->>'index'),
        ROW('VALIDATION_ERROR', v_first->'about')::public.refusal)).about);
    END IF;
    PERFORM public.refuse(
      (v_first->>'fault')::public.fault, v_first->'about', format('transactions.%s: ', v_first->>'index'),
      jsonb_build_object(
        'index', v_first->'index', 'failures', to_jsonb(v_failures), 'failureCount', v_failure_count));
  END IF;
  INSERT INTO public.journal SELECT * FROM unnest(v_rows) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_written = ROW_COUNT;
  IF v_written < cardinality(v_rows) THEN
    RAISE EXCEPTION 'a key was claimed meanwhile' USING ERRCODE = 'W0002';
  END IF;
  -- ANY, so that each is looked up by the index: with = the planner would rather read all balances when they
  -- are few, and two batches conflict.
  UPDATE public.balances b SET balance = n.balance, entry_count = n.entry_count,
    last_entry_at = n.last_entry_at, lots = n.lots, next_expiry = public.next_expiry(n.lots)
  FROM unnest(v_balances) AS n
  WHERE b.home = ANY (ARRAY[n.home]) AND b.handle = ANY (ARRAY[n.handle])
    AND b.asset_code = ANY (ARRAY[n.asset_code])
    AND b.entry_count < n.entry_count;
END $$;
GRANT EXECUTE ON FUNCTION public.post_batch TO wallet_app;
COMMENT ON FUNCTION public.post_batch
  IS 'Nullable: debit_balance, credit_balance, created_at, group_id, code, message, lots';
