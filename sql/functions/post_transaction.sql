-- Posts one transaction, or replays the one that its key already posted: lock both balances, claim the key
-- with the row itself, decide, move. One call is one round trip and one transaction of the database.
-- p_home: the home of the player, which every row of this posting lies in. p_debit and p_credit are handles,
-- one of them a system account's unless both players live in this home. p_request_hash tells a repeated
-- request from another one under the same key. p_leg: names a dependent transaction of the key; its id
-- derives from both, and its row carries no key.
-- p_lots: what the request says of lots: of a credit see make_lot, of a debit take_lots; of the second half
-- of a transfer the lots that its first half has burned. lots: what it made or burned. p_other: why another
-- transaction of the same group is refused, or null. p_related_id: what this gives back, takes back,
-- corrects, or captures. p_allow_negative lets the debited player go below zero. p_open_account opens the
-- credited player's account where there is none. Never waits for a balance: a busy one is 55P03. Refuses by
-- the rulebook, or raises 40001, 40P01 or 55P03 (send it again); either way nothing is done. Each statement
-- costs more than what it does, and so does each expression, which is prepared anew in every transaction. So
-- one condition says what a posting needs (v_needs): nothing, mostly; or the rules, of settle_posting; or
-- lots, or both.
CREATE OR REPLACE FUNCTION public.post_transaction(
  p_home integer, p_kind text, p_debit text, p_credit text, p_asset_code text, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  p_group_id uuid DEFAULT NULL, p_related_id uuid DEFAULT NULL, p_allow_negative boolean DEFAULT false,
  p_open_account boolean DEFAULT false, p_leg text DEFAULT NULL, p_other public.refusal DEFAULT NULL,
  p_lots jsonb DEFAULT NULL,
  OUT transaction_id uuid, OUT debit_balance numeric, OUT credit_balance numeric, OUT created_at timestamptz,
  OUT replayed boolean, OUT lots jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_debit_id bigint;
  v_debit_seq bigint;
  v_credit_id bigint;
  v_credit_seq bigint;
  v_asset_id integer;
  v_scale smallint;
  v_needs text;
  /* on several nodes:
  v_needs_lots text;
  v_now timestamptz;
  v_xact xid8;
  */
  v_lots public.lot[];
  v_move public.lot_move;
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('serializable', 'repeatable read') THEN
    PERFORM public.require_transaction();
  END IF;

  LOOP
    -- created_at rises strictly along each account's entries, also where the clock went back.
    /* on several nodes: statements of one table, which call nothing volatile, keep their plans
    v_now := clock_timestamp();
    v_xact := pg_current_xact_id();
    SELECT d.account_id, d.entry_count + 1, d.balance - p_amount, d.asset_type_id, d.scale, d.last_entry_at,
      CASE WHEN d.status = 'active' AND scale(p_amount) <= d.scale
        AND p_debit <> p_credit
        AND (d.account_id < 0 OR d.balance - p_amount >= d.held)
        AND p_related_id IS NULL AND NOT p_allow_negative AND p_other IS NULL THEN '' ELSE 'rules' END,
      CASE WHEN d.lots IS NULL AND p_lots IS NULL THEN '' ELSE ' lots' END
    INTO v_debit_id, v_debit_seq, debit_balance, v_asset_id, v_scale, created_at, v_needs, v_needs_lots
    FROM public.balances d
    WHERE d.home = p_home AND d.handle = p_debit AND d.asset_code = p_asset_code
    FOR NO KEY UPDATE NOWAIT;
    SELECT c.account_id, c.entry_count + 1, c.balance + p_amount,
      public.id_of(p_home, coalesce(p_key || chr(10) || p_leg, p_key)), false,
      greatest(v_now, created_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond'),
      CASE WHEN v_needs = '' AND c.status = 'active'
        AND (c.account_id < 0 OR c.balance + p_amount < public.balance_limit(6)) THEN '' ELSE 'rules' END
      || CASE WHEN v_needs_lots = '' AND c.lots IS NULL THEN '' ELSE ' lots' END
    INTO v_credit_id, v_credit_seq, credit_balance, transaction_id, replayed, created_at, v_needs
    FROM public.balances c
    WHERE c.home = p_home AND c.handle = p_credit AND c.asset_code = p_asset_code AND v_debit_id IS NOT NULL
    FOR NO KEY UPDATE NOWAIT;
    */ -- on one node:
    SELECT d.account_id, d.entry_count + 1, d.balance - p_amount,
      c.account_id, c.entry_count + 1, c.balance + p_amount,
      d.asset_type_id, d.scale, public.id_of(p_home, coalesce(p_key || chr(10) || p_leg, p_key)), false,
      greatest(
        clock_timestamp(),
        d.last_entry_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond'),
      CASE WHEN d.status = 'active' AND c.status = 'active' AND scale(p_amount) <= d.scale
        AND p_debit <> p_credit
        AND (d.account_id < 0 OR d.balance - p_amount >= d.held)
        AND (c.account_id < 0 OR c.balance + p_amount < public.balance_limit(6))
        AND p_related_id IS NULL AND NOT p_allow_negative AND p_other IS NULL THEN '' ELSE 'rules' END
      || CASE WHEN d.lots IS NULL AND c.lots IS NULL AND p_lots IS NULL THEN '' ELSE ' lots' END
    INTO v_debit_id, v_debit_seq, debit_balance,
      v_credit_id, v_credit_seq, credit_balance,
      v_asset_id, v_scale, transaction_id, replayed,
      created_at,
      v_needs
    FROM public.balances d, public.balances c
    WHERE d.home = p_home AND d.handle = p_debit AND d.asset_code = p_asset_code
      AND c.home = p_home AND c.handle = p_credit AND c.asset_code = p_asset_code
    FOR NO KEY UPDATE NOWAIT;
    -- end
    EXIT WHEN v_needs IN ('', 'rules');
    IF v_needs IS NOT NULL THEN
      v_move := public.settle_lots(
        p_home, p_kind, p_debit, p_credit, p_asset_code, p_amount, created_at, p_key, p_lots, p_related_id,
        p_allow_negative);
      v_lots := v_move.moved;
      p_other := least(p_other, v_move.refusal);
      EXIT WHEN v_lots IS NOT NULL OR p_other IS NOT NULL;
      CONTINUE;
    END IF;
    -- A player's balance is found in the player's home alone, so a wrong home ends here, in open_balance.
    -- An unknown player is told before an unknown asset.
    PERFORM public.lock_balance(p_home, handle, p_asset_code, p_open_account, p_principal)
    FROM unnest(ARRAY[p_debit, p_credit]) AS handle
    ORDER BY handle LIKE '$%';
  END LOOP;

  INSERT INTO public.journal (
    id, home, asset_type_id, created_at, kind, amount,
    debit_account_id, debit_seq, debit_balance, credit_account_id, credit_seq, credit_balance,
    idempotency_key, request_hash, group_id, related_id, principal, metadata,
    /* on several nodes:
    xact,
    */
    lots)
  VALUES (
    transaction_id, p_home, v_asset_id, created_at, p_kind,
    round(p_amount, greatest(v_scale, scale(p_amount))),
    v_debit_id, v_debit_seq, debit_balance, v_credit_id, v_credit_seq, credit_balance,
    CASE WHEN p_leg IS NULL THEN p_key END, p_request_hash, p_group_id, p_related_id, p_principal,
    coalesce(p_metadata, '{}'),
    /* on several nodes:
    v_xact,
    */
    v_lots)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO debit_balance, credit_balance, created_at, replayed, lots
    FROM public.replay_transaction(p_home, transaction_id, p_key, p_request_hash);
    RETURN;
  END IF;

  IF v_needs <> '' THEN
    IF v_needs <> ' lots' OR p_other IS NOT NULL THEN
      PERFORM public.settle_posting(
        p_home, transaction_id, p_kind, p_debit, p_credit, p_asset_code, p_amount, p_related_id,
        p_allow_negative, p_other);
    END IF;
    IF v_lots IS NOT NULL THEN
      UPDATE public.balances b
      SET balance = CASE WHEN b.handle = p_debit THEN debit_balance ELSE credit_balance END,
        entry_count = b.entry_count + 1, last_entry_at = created_at,
        lots = CASE WHEN b.handle = p_debit THEN v_move.debit_lots ELSE v_move.credit_lots END,
        next_expiry = public.next_expiry(
          CASE WHEN b.handle = p_debit THEN v_move.debit_lots ELSE v_move.credit_lots END)
      WHERE b.home = p_home AND b.handle IN (p_debit, p_credit) AND b.asset_code = p_asset_code;
      lots := to_jsonb(CASE WHEN v_debit_id > 0 THEN v_lots
        ELSE public.made_lots(v_lots, p_amount, credit_balance) END);
      RETURN;
    END IF;
  END IF;
  UPDATE public.balances b
  SET balance = CASE WHEN b.handle = p_debit THEN debit_balance ELSE credit_balance END,
    entry_count = b.entry_count + 1, last_entry_at = created_at
  WHERE b.home = p_home AND b.handle IN (p_debit, p_credit) AND b.asset_code = p_asset_code;
END $$;
GRANT EXECUTE ON FUNCTION public.post_transaction TO wallet_app;
COMMENT ON FUNCTION public.post_transaction IS 'Nullable: lots';
