-- Posts one transaction, or replays the one that its key already posted: claim the key, check, lock, two entries, two balances.
-- One call is one round trip and one database transaction. p_debit and p_credit are account handles; p_request_hash tells a repeated request
-- from another one under the same key; p_transaction_id is a version 7 uuid, so that rows of a time lie together.
-- Checks in the order of the error catalogue. Raises its W... codes, 40001, 40P01 or 55P03 (busy: send again); either way nothing is done.
CREATE OR REPLACE FUNCTION public.post_transaction(
  p_transaction_id uuid, p_type text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text, p_group_id uuid DEFAULT NULL,
  OUT transaction_id uuid, OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v record;
  v_amount numeric;
  v_debit record;
  v_credit record;
BEGIN
  -- Locks are taken in one order by all: users by id, then system stripes.
  SELECT y.id AS type_id, s.id AS asset_id, s.scale,
    d.id AS debit_id, d.type = 'user' AS debit_is_user, d.status AS debit_status,
    c.id AS credit_id, c.type = 'user' AS credit_is_user, c.status AS credit_status,
    (d.type <> 'user', d.id) < (c.type <> 'user', c.id) AS debit_first
  INTO v
  FROM public.transaction_types y, public.asset_types s, public.accounts d, public.accounts c
  WHERE y.code = p_type AND s.code = p_asset_code AND d.handle = p_debit AND c.handle = p_credit;
  IF NOT FOUND THEN
    PERFORM public.refuse_unknown(ARRAY[p_debit, p_credit], p_asset_code);
  END IF;

  INSERT INTO public.idempotency_keys (key, request_hash, result_id) VALUES (p_key, p_request_hash, p_transaction_id) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO transaction_id, debit_balance, credit_balance, created_at, replayed FROM public.replay_transaction(p_key, p_request_hash);
    RETURN;
  END IF;

  IF v.debit_status = 'frozen' THEN
    PERFORM public.refuse('W409F', format('account %s is frozen', p_debit));
  ELSIF v.debit_status = 'closed' OR v.credit_status = 'closed' THEN
    PERFORM public.refuse('W409C', format('account %s is closed', CASE WHEN v.debit_status = 'closed' THEN p_debit ELSE p_credit END));
  ELSIF scale(p_amount) > v.scale THEN
    PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v.scale, p_asset_code));
  ELSIF v.debit_id = v.credit_id THEN
    PERFORM public.refuse('W422S', 'an account cannot pay itself');
  ELSIF NOT (p_amount > 0 AND p_amount < 'Infinity') THEN
    RAISE EXCEPTION 'amount % is not positive and finite', p_amount USING ERRCODE = 'check_violation';
  END IF;
  v_amount := round(p_amount, v.scale);

  IF v.debit_first THEN
    v_debit := public.move_balance(v.debit_id, v.debit_is_user, v.asset_id, v.scale, -v_amount, clock_timestamp());
    v_credit := public.move_balance(v.credit_id, v.credit_is_user, v.asset_id, v.scale, v_amount, v_debit.entry_at);
  ELSE
    v_credit := public.move_balance(v.credit_id, v.credit_is_user, v.asset_id, v.scale, v_amount, clock_timestamp());
    v_debit := public.move_balance(v.debit_id, v.debit_is_user, v.asset_id, v.scale, -v_amount, v_credit.entry_at);
  END IF;
  transaction_id := p_transaction_id;
  debit_balance := v_debit.running_balance;
  credit_balance := v_credit.running_balance;
  created_at := greatest(v_debit.entry_at, v_credit.entry_at);
  replayed := false;

  INSERT INTO public.transactions (id, group_id, transaction_type_id, asset_type_id, amount, idempotency_key, principal, metadata, created_at)
  VALUES (p_transaction_id, p_group_id, v.type_id, v.asset_id, v_amount, p_key, p_principal, coalesce(p_metadata, '{}'), created_at);
  INSERT INTO public.ledger_entries
    (transaction_id, entry_type, account_id, asset_type_id, stripe, amount, running_balance, seq, created_at)
  VALUES
    (p_transaction_id, 'debit', v.debit_id, v.asset_id, v_debit.stripe, v_amount, debit_balance, v_debit.seq, created_at),
    (p_transaction_id, 'credit', v.credit_id, v.asset_id, v_credit.stripe, v_amount, credit_balance, v_credit.seq, created_at);
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
