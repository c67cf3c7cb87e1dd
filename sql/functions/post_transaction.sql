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
  v_type_id smallint;
  v_asset_id integer;
  v_scale smallint;
  v_amount numeric;
  v_debit record;
  v_credit record;
  v_debit_entry record;
  v_credit_entry record;
  v_last timestamptz;
BEGIN
  PERFORM public.require_serializable();

  SELECT y.id, s.id, s.scale INTO v_type_id, v_asset_id, v_scale
  FROM public.transaction_types y, public.asset_types s WHERE y.code = p_type AND s.code = p_asset_code;
  SELECT a.id, a.type = 'user' AS is_user, a.status INTO v_debit FROM public.accounts a WHERE a.handle = p_debit;
  SELECT a.id, a.type = 'user' AS is_user, a.status INTO v_credit FROM public.accounts a WHERE a.handle = p_credit;
  IF v_asset_id IS NULL OR v_debit.id IS NULL OR v_credit.id IS NULL THEN
    PERFORM public.refuse_unknown(ARRAY[p_debit, p_credit], p_asset_code);
  END IF;

  INSERT INTO public.idempotency_keys (key, request_hash, result_id) VALUES (p_key, p_request_hash, p_transaction_id) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO transaction_id, debit_balance, credit_balance, created_at, replayed FROM public.replay_transaction(p_key, p_request_hash);
    RETURN;
  END IF;

  IF v_debit.status = 'frozen' THEN
    PERFORM public.refuse('W409F', format('account %s is frozen', p_debit));
  ELSIF 'closed' IN (v_debit.status, v_credit.status) THEN
    PERFORM public.refuse('W409C', format('account %s is closed', CASE WHEN v_debit.status = 'closed' THEN p_debit ELSE p_credit END));
  ELSIF scale(p_amount) > v_scale THEN
    PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v_scale, p_asset_code));
  ELSIF v_debit.id = v_credit.id THEN
    PERFORM public.refuse('W422S', 'an account cannot pay itself');
  END IF;
  v_amount := round(p_amount, v_scale);

  SELECT max(locked.last_entry_at) INTO v_last FROM (
    SELECT b.last_entry_at FROM public.balances b
    WHERE b.account_id IN (v_debit.id, v_credit.id) AND b.asset_type_id = v_asset_id AND b.stripe = 0
    ORDER BY b.account_id
    FOR UPDATE NOWAIT) AS locked;
  transaction_id := p_transaction_id;
  created_at := greatest(clock_timestamp(), v_last + interval '1 microsecond');
  replayed := false;

  IF v_debit.is_user THEN
    SELECT 0 AS stripe, m.* INTO v_debit_entry FROM public.move_user_balance(v_debit.id, v_asset_id, v_scale, -v_amount, created_at) m;
  ELSE
    SELECT m.* INTO v_debit_entry FROM public.move_system_balance(v_debit.id, v_asset_id, -v_amount, created_at) m;
  END IF;
  IF v_credit.is_user THEN
    SELECT 0 AS stripe, m.* INTO v_credit_entry FROM public.move_user_balance(v_credit.id, v_asset_id, v_scale, v_amount, created_at) m;
  ELSE
    SELECT m.* INTO v_credit_entry FROM public.move_system_balance(v_credit.id, v_asset_id, v_amount, created_at) m;
  END IF;
  debit_balance := v_debit_entry.running_balance;
  credit_balance := v_credit_entry.running_balance;

  INSERT INTO public.transactions (id, group_id, transaction_type_id, asset_type_id, amount, idempotency_key, principal, metadata, created_at)
  VALUES (p_transaction_id, p_group_id, v_type_id, v_asset_id, v_amount, p_key, p_principal, coalesce(p_metadata, '{}'), created_at);
  INSERT INTO public.ledger_entries
    (transaction_id, entry_type, account_id, asset_type_id, stripe, amount, running_balance, seq, created_at)
  VALUES
    (p_transaction_id, 'debit', v_debit.id, v_asset_id, v_debit_entry.stripe, v_amount, debit_balance, v_debit_entry.seq, created_at),
    (p_transaction_id, 'credit', v_credit.id, v_asset_id, v_credit_entry.stripe, v_amount, credit_balance, v_credit_entry.seq, created_at);
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
