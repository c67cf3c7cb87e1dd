-- Reserves an amount of a user's balance for a time, or replays: lock the balance, claim the key, check, reserve. Raises W... codes in the
-- order of the catalogue. available: what is left to spend.
CREATE OR REPLACE FUNCTION public.place_hold(
  p_hold_id uuid, p_user_id text, p_asset_code text, p_amount numeric, p_expires_in_seconds integer,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text,
  OUT hold_id uuid, OUT amount numeric, OUT expires_at timestamptz, OUT available numeric, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v record;
  v_balance numeric;
  v_held numeric;
  v_released numeric := 0;
  v_now timestamptz := clock_timestamp();
BEGIN
  SELECT a.id AS account_id, a.status, s.id AS asset_id, s.scale, round(p_amount, greatest(s.scale, scale(p_amount))) AS amount INTO v
  FROM public.accounts a, public.asset_types s
  WHERE a.handle = p_user_id AND s.code = p_asset_code;
  IF NOT FOUND THEN
    PERFORM public.refuse_unknown(ARRAY[p_user_id], p_asset_code);
  END IF;
  -- No row: the user never held this asset, and cannot reserve any.
  SELECT b.balance, b.held INTO v_balance, v_held FROM public.balances b
  WHERE b.account_id = v.account_id AND b.asset_type_id = v.asset_id AND b.stripe = 0
  FOR NO KEY UPDATE NOWAIT;
  v_balance := coalesce(v_balance, 0);
  v_held := coalesce(v_held, 0);
  IF v_held <> 0 THEN
    v_released := public.release_expired_holds(v.account_id, v.asset_id);
  END IF;
  hold_id := p_hold_id;
  amount := v.amount;
  expires_at := v_now + p_expires_in_seconds * interval '1 second';
  available := v_balance - v_held + v_released - v.amount;
  replayed := false;

  INSERT INTO public.journal (
    id, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq, asset_type_id, type, debit_stripe, credit_stripe,
    amount, debit_balance, credit_balance, idempotency_key, request_hash, principal, metadata)
  VALUES (
    p_hold_id, v_now, v.account_id, 0, v.account_id, 0, v.asset_id, 'HOLD', -1, -1,
    v.amount, v_balance, available, p_key, p_request_hash, p_principal, coalesce(p_metadata, '{}'))
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    IF v_released <> 0 THEN
      UPDATE public.balances b SET held = b.held - v_released
      WHERE b.account_id = v.account_id AND b.asset_type_id = v.asset_id AND b.stripe = 0;
    END IF;
    SELECT r.transaction_id, r.credit_balance, true INTO hold_id, available, replayed FROM public.replay_transaction(p_key, p_request_hash) AS r;
    SELECT h.expires_at INTO expires_at FROM public.holds h WHERE h.id = hold_id;
    RETURN;
  END IF;

  IF v.status = 'frozen' THEN
    PERFORM public.refuse('W409F', format('account %s is frozen', p_user_id));
  ELSIF v.status = 'closed' THEN
    PERFORM public.refuse('W409C', format('account %s is closed', p_user_id));
  ELSIF scale(p_amount) > v.scale THEN
    PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v.scale, p_asset_code));
  ELSIF available < 0 THEN
    PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object('available', available + v.amount, 'required', v.amount));
  END IF;
  INSERT INTO public.holds (id, account_id, asset_type_id, amount, created_at, expires_at)
  VALUES (p_hold_id, v.account_id, v.asset_id, v.amount, v_now, expires_at);
  UPDATE public.balances b SET held = b.held - v_released + v.amount
  WHERE b.account_id = v.account_id AND b.asset_type_id = v.asset_id AND b.stripe = 0;
END $$;
GRANT EXECUTE ON FUNCTION public.place_hold TO wallet_app;
