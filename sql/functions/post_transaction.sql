-- Posts one transaction, or replays the one that its key already posted: lock both balances, claim the key with the row itself, check, move.
-- One call is one round trip and one database transaction. p_debit and p_credit are account handles; p_request_hash tells a repeated request
-- from another one under the same key; p_transaction_id is a version 7 uuid, so that rows of a time lie together. p_related_id is what a
-- refund or reversal gives back, or the hold that a purchase captures; p_allow_negative lets the debited user go below zero.
-- Never waits for a balance: a busy one is 55P03. Checks in the order of the error catalogue. Raises its W... codes, 40001, 40P01 or 55P03
-- (send again); either way nothing is done.
-- Three statements do the work (look up, lock, insert) and one the move: each costs more than what it does, so they are few.
DROP FUNCTION IF EXISTS public.post_transaction(uuid, text, text, text, text, numeric, text, bytea, jsonb, text, uuid);
CREATE OR REPLACE FUNCTION public.post_transaction(
  p_transaction_id uuid, p_type text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text,
  p_group_id uuid DEFAULT NULL, p_related_id uuid DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  OUT transaction_id uuid, OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v_stripe smallint := public.own_stripe();
  v record;
  v_locked record;
  v_released numeric := 0;
BEGIN
  SELECT s.id AS asset_id, s.scale, s.transferable, round(p_amount, greatest(s.scale, scale(p_amount))) AS amount,
    d.id AS debit_id, d.type = 'user' AS debit_is_user, d.status AS debit_status, CASE WHEN d.type = 'user' THEN 0 ELSE v_stripe END AS debit_stripe,
    c.id AS credit_id, c.type = 'user' AS credit_is_user, c.status AS credit_status, CASE WHEN c.type = 'user' THEN 0 ELSE v_stripe END AS credit_stripe
  INTO v
  FROM public.asset_types s, public.accounts d, public.accounts c
  WHERE s.code = p_asset_code AND d.handle = p_debit AND c.handle = p_credit;
  IF NOT FOUND THEN
    PERFORM public.refuse_unknown(ARRAY[p_debit, p_credit], p_asset_code);
  END IF;

  -- Of two users, the one with the lower id is locked first, by all; a system account's stripe is the session's own.
  IF v.debit_is_user AND v.credit_is_user AND v.credit_id < v.debit_id THEN
    PERFORM FROM public.balances b
    WHERE b.account_id = v.credit_id AND b.asset_type_id = v.asset_id AND b.stripe = 0
    FOR NO KEY UPDATE NOWAIT;
  END IF;
  LOOP
    -- created_at rises strictly along each user's entries, also where the clock went back.
    SELECT d.ctid AS debit_row, d.balance - v.amount AS debit_balance, d.entry_count + 1 AS debit_seq, d.held AS debit_held,
      c.ctid AS credit_row, c.balance + v.amount AS credit_balance, c.entry_count + 1 AS credit_seq,
      greatest(clock_timestamp(), d.last_entry_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond') AS created_at
    INTO v_locked
    FROM public.balances d, public.balances c
    WHERE d.account_id = v.debit_id AND d.asset_type_id = v.asset_id AND d.stripe = v.debit_stripe
      AND c.account_id = v.credit_id AND c.asset_type_id = v.asset_id AND c.stripe = v.credit_stripe
    FOR NO KEY UPDATE NOWAIT;
    EXIT WHEN FOUND;
    INSERT INTO public.balances (account_id, asset_type_id, stripe)
    VALUES (v.debit_id, v.asset_id, v.debit_stripe), (v.credit_id, v.asset_id, v.credit_stripe)
    ON CONFLICT DO NOTHING;
  END LOOP;
  transaction_id := p_transaction_id;
  debit_balance := v_locked.debit_balance;
  credit_balance := v_locked.credit_balance;
  created_at := v_locked.created_at;
  replayed := false;

  INSERT INTO public.journal (
    id, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq, asset_type_id, type, debit_stripe, credit_stripe,
    amount, debit_balance, credit_balance, idempotency_key, request_hash, group_id, related_id, principal, metadata)
  VALUES (
    p_transaction_id, created_at, v.debit_id, v_locked.debit_seq, v.credit_id, v_locked.credit_seq, v.asset_id, p_type::public.transaction_type, v.debit_stripe, v.credit_stripe,
    v.amount, debit_balance, credit_balance, p_key, p_request_hash, p_group_id, p_related_id, p_principal, coalesce(p_metadata, '{}'))
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO transaction_id, debit_balance, credit_balance, created_at, replayed FROM public.replay_transaction(p_key, p_request_hash);
    RETURN;
  END IF;

  IF v.debit_status = 'frozen' THEN
    PERFORM public.refuse('W409F', format('account %s is frozen', p_debit));
  ELSIF v.debit_status = 'closed' OR v.credit_status = 'closed' THEN
    PERFORM public.refuse('W409C', format('account %s is closed', CASE WHEN v.debit_status = 'closed' THEN p_debit ELSE p_credit END));
  ELSIF p_type = 'TRANSFER' AND NOT v.transferable THEN
    PERFORM public.refuse('W409T', format('%s cannot be transferred between users', p_asset_code));
  ELSIF scale(p_amount) > v.scale THEN
    PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v.scale, p_asset_code));
  ELSIF v.debit_id = v.credit_id THEN
    PERFORM public.refuse('W422S', 'an account cannot pay itself');
  END IF;
  IF p_related_id IS NOT NULL THEN
    v_released := public.settle_related(p_transaction_id, p_type, p_related_id, v.amount);
  END IF;
  IF v.debit_is_user AND NOT p_allow_negative AND debit_balance < v_locked.debit_held - v_released THEN
    v_released := v_released + public.release_expired_holds(v.debit_id, v.asset_id);
    IF debit_balance < v_locked.debit_held - v_released THEN
      PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object(
        'available', debit_balance + v.amount - (v_locked.debit_held - v_released), 'required', v.amount));
    END IF;
  END IF;
  -- More than a client's double could hold.
  IF v.credit_is_user AND credit_balance >= 10::numeric ^ (15 - v.scale) THEN
    PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', credit_balance));
  ELSIF p_allow_negative AND debit_balance <= -(10::numeric ^ (15 - v.scale)) THEN
    PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', debit_balance));
  END IF;

  UPDATE public.balances b
  SET balance = CASE b.ctid WHEN v_locked.debit_row THEN debit_balance ELSE credit_balance END,
    entry_count = b.entry_count + 1, last_entry_at = created_at
  WHERE b.ctid = ANY (ARRAY[v_locked.debit_row, v_locked.credit_row]);
  IF v_released <> 0 THEN
    UPDATE public.balances b SET held = b.held - v_released
    WHERE b.account_id = v.debit_id AND b.asset_type_id = v.asset_id AND b.stripe = v.debit_stripe;
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
