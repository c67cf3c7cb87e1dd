-- Posts one transaction, or replays the one that its key already posted: lock both balances, claim the key with the row itself, check, move.
-- One call is one round trip and one database transaction. p_debit and p_credit are account handles; p_request_hash tells a repeated request
-- from another one under the same key; p_transaction_id is a version 7 uuid, so that rows of a time lie together. p_related_id is what a
-- refund or reversal gives back, or the hold that a purchase captures; p_allow_negative lets the debited user go below zero.
-- Never waits for a balance: a busy one is 55P03. Checks in the order of the error catalogue. Raises its W... codes, 40001, 40P01 or 55P03
-- (send again); either way nothing is done.
-- Three statements do the work (look up, lock, insert) and one the move: each costs more than what it does, so they are few. So does each
-- expression, which is prepared anew in every transaction: helpers are called only where they are needed, and the checks are one, until it fails.
DROP FUNCTION IF EXISTS public.post_transaction(uuid, text, text, text, text, numeric, text, bytea, jsonb, text, uuid);
CREATE OR REPLACE FUNCTION public.post_transaction(
  p_transaction_id uuid, p_type text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text,
  p_group_id uuid DEFAULT NULL, p_related_id uuid DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  OUT transaction_id uuid, OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_stripe smallint := coalesce(nullif(current_setting('wallet.stripe', true), ''), public.own_stripe()::text);
  v_asset_id integer;
  v_scale smallint;
  v_transferable boolean;
  v_amount numeric;
  v_debit_id bigint;
  v_debit_is_user boolean;
  v_debit_status public.account_status;
  v_debit_stripe smallint;
  v_debit_row tid;
  v_debit_seq bigint;
  v_debit_held numeric;
  v_credit_id bigint;
  v_credit_is_user boolean;
  v_credit_status public.account_status;
  v_credit_stripe smallint;
  v_credit_row tid;
  v_credit_seq bigint;
  v_plain boolean;
  v_released numeric := 0;
BEGIN
  IF current_setting('transaction_isolation') <> 'serializable' THEN
    PERFORM public.require_serializable();
  END IF;
  SELECT s.id, s.scale, s.transferable, round(p_amount, greatest(s.scale, scale(p_amount))),
    d.id, d.type = 'user', d.status, CASE WHEN d.type = 'user' THEN 0 ELSE v_stripe END,
    c.id, c.type = 'user', c.status, CASE WHEN c.type = 'user' THEN 0 ELSE v_stripe END
  INTO v_asset_id, v_scale, v_transferable, v_amount, v_debit_id, v_debit_is_user, v_debit_status, v_debit_stripe,
    v_credit_id, v_credit_is_user, v_credit_status, v_credit_stripe
  FROM public.asset_types s, public.accounts d, public.accounts c
  WHERE s.code = p_asset_code AND d.handle = p_debit AND c.handle = p_credit;
  IF NOT FOUND THEN
    PERFORM public.refuse_unknown(ARRAY[p_debit, p_credit], p_asset_code);
  END IF;

  -- Of two users, the one with the lower id is locked first, by all; a system account's stripe is the session's own.
  IF v_debit_is_user AND v_credit_is_user AND v_credit_id < v_debit_id THEN
    PERFORM FROM public.balances b
    WHERE b.account_id = v_credit_id AND b.asset_type_id = v_asset_id AND b.stripe = 0
    FOR NO KEY UPDATE NOWAIT;
  END IF;
  LOOP
    -- created_at rises strictly along each user's entries, also where the clock went back.
    SELECT d.ctid, d.balance - v_amount, d.entry_count + 1, d.held, c.ctid, c.balance + v_amount, c.entry_count + 1, p_transaction_id, false,
      greatest(clock_timestamp(), d.last_entry_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond')
    INTO v_debit_row, debit_balance, v_debit_seq, v_debit_held, v_credit_row, credit_balance, v_credit_seq, transaction_id, replayed, created_at
    FROM public.balances d, public.balances c
    WHERE d.account_id = v_debit_id AND d.asset_type_id = v_asset_id AND d.stripe = v_debit_stripe
      AND c.account_id = v_credit_id AND c.asset_type_id = v_asset_id AND c.stripe = v_credit_stripe
    FOR NO KEY UPDATE NOWAIT;
    EXIT WHEN FOUND;
    INSERT INTO public.balances (account_id, asset_type_id, stripe)
    VALUES (v_debit_id, v_asset_id, v_debit_stripe), (v_credit_id, v_asset_id, v_credit_stripe)
    ON CONFLICT DO NOTHING;
  END LOOP;

  INSERT INTO public.journal (
    id, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq, asset_type_id, type, debit_stripe, credit_stripe,
    amount, debit_balance, credit_balance, idempotency_key, request_hash, group_id, related_id, principal, metadata)
  VALUES (
    p_transaction_id, created_at, v_debit_id, v_debit_seq, v_credit_id, v_credit_seq, v_asset_id, p_type::public.transaction_type, v_debit_stripe, v_credit_stripe,
    v_amount, debit_balance, credit_balance, p_key, p_request_hash, p_group_id, p_related_id, p_principal, coalesce(p_metadata, '{}'))
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO transaction_id, debit_balance, credit_balance, created_at, replayed FROM public.replay_transaction(p_key, p_request_hash);
    RETURN;
  END IF;

  -- Nothing of what is looked at one by one below. 10^9 is the limit of the finest scale.
  v_plain := v_debit_status = 'active' AND v_credit_status = 'active' AND p_type <> 'TRANSFER' AND scale(p_amount) <= v_scale AND v_debit_id <> v_credit_id
    AND p_related_id IS NULL AND NOT p_allow_negative
    AND (NOT v_debit_is_user OR debit_balance >= v_debit_held) AND (NOT v_credit_is_user OR credit_balance < 1000000000);
  IF v_plain IS NOT TRUE THEN
    IF v_debit_status = 'frozen' THEN
      PERFORM public.refuse('W409F', format('account %s is frozen', p_debit));
    ELSIF v_debit_status = 'closed' OR v_credit_status = 'closed' THEN
      PERFORM public.refuse('W409C', format('account %s is closed', CASE WHEN v_debit_status = 'closed' THEN p_debit ELSE p_credit END));
    ELSIF p_type = 'TRANSFER' AND NOT v_transferable THEN
      PERFORM public.refuse('W409T', format('%s cannot be transferred between users', p_asset_code));
    ELSIF scale(p_amount) > v_scale THEN
      PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v_scale, p_asset_code));
    ELSIF v_debit_id = v_credit_id THEN
      PERFORM public.refuse('W422S', 'an account cannot pay itself');
    END IF;
    IF p_related_id IS NOT NULL THEN
      v_released := public.settle_related(p_transaction_id, p_type, p_related_id, v_amount);
    END IF;
    IF v_debit_is_user AND NOT p_allow_negative AND debit_balance < v_debit_held - v_released THEN
      v_released := v_released + public.release_expired_holds(v_debit_id, v_asset_id);
      IF debit_balance < v_debit_held - v_released THEN
        PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object(
          'available', debit_balance + v_amount - (v_debit_held - v_released), 'required', v_amount));
      END IF;
    END IF;
    -- More than a client's double could hold.
    IF v_credit_is_user AND credit_balance >= 10::numeric ^ (15 - v_scale) THEN
      PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', credit_balance));
    ELSIF p_allow_negative AND debit_balance <= -(10::numeric ^ (15 - v_scale)) THEN
      PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', debit_balance));
    END IF;
  END IF;

  UPDATE public.balances b
  SET balance = CASE b.ctid WHEN v_debit_row THEN debit_balance ELSE credit_balance END,
    entry_count = b.entry_count + 1, last_entry_at = created_at
  WHERE b.ctid = ANY (ARRAY[v_debit_row, v_credit_row]);
  IF v_plain IS NOT TRUE AND v_released <> 0 THEN
    UPDATE public.balances b SET held = b.held - v_released
    WHERE b.account_id = v_debit_id AND b.asset_type_id = v_asset_id AND b.stripe = v_debit_stripe;
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
