-- Posts one transaction, or replays the one that its key already posted: lock both balances, claim the key with the row itself, move, check.
-- One call is one round trip and one database transaction. p_debit and p_credit are account handles; p_request_hash tells a repeated request
-- from another one under the same key; p_transaction_id is a version 7 uuid, so that rows of a time lie together. p_related_id is what a
-- refund or reversal gives back, or the hold that a purchase captures; p_allow_negative lets the debited user go below zero.
-- Never waits for a balance: a busy one is 55P03. Raises its W... codes, the first that applies in the order of the error catalogue, 40001,
-- 40P01 or 55P03 (send again); either way nothing is done.
-- Three statements do the work; each costs more than what it does, and so does each expression, which is prepared anew in every transaction:
-- so helpers are called only where they are needed, and the rules are one condition, until it fails.
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
  v_debit_row tid;
  v_debit_id bigint;
  v_debit_stripe smallint;
  v_debit_seq bigint;
  v_credit_row tid;
  v_credit_id bigint;
  v_credit_stripe smallint;
  v_credit_seq bigint;
  v_plain boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'serializable' THEN
    PERFORM public.require_serializable();
  END IF;
  -- Of two users, the one whose handle comes first is locked first, by all; a system account's stripe is the session's own.
  IF p_type = 'TRANSFER' AND p_credit < p_debit COLLATE "C" THEN
    PERFORM FROM public.balances b WHERE b.handle = p_credit AND b.asset_code = p_asset_code AND b.stripe = 0
    FOR NO KEY UPDATE NOWAIT;
  END IF;
  LOOP
    -- created_at rises strictly along each user's entries, also where the clock went back. 10^9 is the limit of the finest scale.
    SELECT d.ctid, d.account_id, d.stripe, d.entry_count + 1, d.balance - p_amount,
      c.ctid, c.account_id, c.stripe, c.entry_count + 1, c.balance + p_amount,
      d.asset_type_id, d.scale, p_transaction_id, false,
      greatest(clock_timestamp(), d.last_entry_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond'),
      d.status = 'active' AND c.status = 'active' AND scale(p_amount) <= d.scale
        AND (d.stripe > 0 OR d.balance - p_amount >= d.held) AND (c.stripe > 0 OR c.balance + p_amount < 1000000000)
    INTO v_debit_row, v_debit_id, v_debit_stripe, v_debit_seq, debit_balance, v_credit_row, v_credit_id, v_credit_stripe, v_credit_seq, credit_balance,
      v_asset_id, v_scale, transaction_id, replayed, created_at, v_plain
    FROM public.balances d, public.balances c
    WHERE d.handle = p_debit AND d.asset_code = p_asset_code AND d.stripe = CASE WHEN p_debit LIKE '$%' THEN v_stripe ELSE 0 END
      AND c.handle = p_credit AND c.asset_code = p_asset_code AND c.stripe = CASE WHEN p_credit LIKE '$%' THEN v_stripe ELSE 0 END
    FOR NO KEY UPDATE NOWAIT;
    EXIT WHEN FOUND;
    PERFORM public.refuse_unknown(ARRAY[p_debit, p_credit], p_asset_code);
    INSERT INTO public.balances (account_id, asset_type_id, stripe)
    SELECT a.id, s.id, CASE a.type WHEN 'user' THEN 0 ELSE v_stripe END FROM public.accounts a, public.asset_types s
    WHERE a.handle IN (p_debit, p_credit) AND s.code = p_asset_code
    ON CONFLICT DO NOTHING;
  END LOOP;

  INSERT INTO public.journal (
    id, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq, asset_type_id, type, debit_stripe, credit_stripe,
    amount, debit_balance, credit_balance, idempotency_key, request_hash, group_id, related_id, principal, metadata)
  VALUES (
    p_transaction_id, created_at, v_debit_id, v_debit_seq, v_credit_id, v_credit_seq, v_asset_id, p_type::public.transaction_type, v_debit_stripe, v_credit_stripe,
    round(p_amount, greatest(v_scale, scale(p_amount))), debit_balance, credit_balance, p_key, p_request_hash, p_group_id, p_related_id, p_principal,
    coalesce(p_metadata, '{}'))
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO transaction_id, debit_balance, credit_balance, created_at, replayed FROM public.replay_transaction(p_key, p_request_hash);
    RETURN;
  END IF;

  UPDATE public.balances b
  SET balance = CASE b.ctid WHEN v_debit_row THEN debit_balance ELSE credit_balance END,
    entry_count = b.entry_count + 1, last_entry_at = created_at
  WHERE b.ctid = ANY (ARRAY[v_debit_row, v_credit_row]);
  IF (v_plain AND p_type <> 'TRANSFER' AND p_related_id IS NULL AND NOT p_allow_negative) IS NOT TRUE THEN
    PERFORM public.settle_posting(
      p_transaction_id, p_type, p_debit, p_credit, p_asset_code, p_amount, v_stripe, p_related_id, p_allow_negative);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
