-- Reserves an amount of a player's balance for a time, or replays: lock the balance, claim the key, decide,
-- reserve.
-- p_lots: which lots it may reserve, see take_lots.
-- available: what is left to spend. Refuses by the rulebook.
CREATE OR REPLACE FUNCTION public.place_hold(
  p_home integer, p_user_id text, p_asset_code text, p_amount numeric, p_expires_in_seconds integer,
  p_key text,
  p_request_hash bytea, p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  p_lots jsonb DEFAULT NULL,
  OUT hold_id uuid, OUT amount numeric, OUT expires_at timestamptz, OUT available numeric,
  OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  v_balance public.balances := public.lock_balance(p_home, p_user_id, p_asset_code);
  v_now timestamptz := clock_timestamp();
  v_taking public.taking;
  v_refusal public.refusal;
BEGIN
  WHILE public.refresh_lots(v_balance, v_now) LOOP
    v_balance := public.lock_balance(p_home, p_user_id, p_asset_code);
  END LOOP;
  IF v_balance.held > 0 THEN
    v_balance.held := v_balance.held - public.release_expired_holds(v_balance);
  END IF;
  hold_id := public.id_of(p_home, p_key);
  amount := round(p_amount, greatest(v_balance.scale, scale(p_amount)));
  expires_at := v_now + p_expires_in_seconds * interval '1 second';
  available := v_balance.balance - v_balance.held - amount;
  replayed := false;

  INSERT INTO public.journal (
    id, home, asset_type_id, created_at, kind, amount, idempotency_key, request_hash, principal, metadata)
  VALUES (
    hold_id, p_home, v_balance.asset_type_id, v_now, 'HOLD', amount, p_key, p_request_hash, p_principal,
    coalesce(p_metadata, '{}'))
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    replayed := (public.replay_transaction(p_home, hold_id, p_key, p_request_hash)).replayed;
    SELECT h.expires_at, h.available INTO STRICT expires_at, available FROM public.holds h
    WHERE h.home = p_home AND h.id = hold_id;
    RETURN;
  END IF;

  IF v_balance.lots IS NOT NULL THEN
    v_taking := public.take_lots(v_balance.lots, amount, v_now, p_lots);
  END IF;
  SELECT f.fault, public.posting_facts(v_balance, NULL, p_amount)
    || CASE WHEN v_taking.missing > 0 THEN jsonb_build_object('available', amount - v_taking.missing)
      ELSE '{}' END
  INTO v_refusal
  FROM public.kinds k, LATERAL (VALUES (least(
    /* on several nodes:
    public.posting_fault(ROW(k.*)::public.kinds, v_balance, NULL, p_amount, NULL),
    */ -- on one node:
    public.posting_fault(k, v_balance, NULL, p_amount, NULL),
    -- end
    CASE WHEN v_balance.lots IS NULL AND p_lots IS NOT NULL THEN 'ASSET_WITHOUT_LOTS'::public.fault END,
    CASE WHEN v_taking.missing > 0 THEN 'INSUFFICIENT_FUNDS'::public.fault END))) AS f(fault)
  WHERE k.code = 'HOLD' AND f.fault IS NOT NULL;
  IF FOUND THEN
    PERFORM public.refuse(v_refusal.fault, v_refusal.about);
  END IF;
  INSERT INTO public.holds (
    home, id, account_id, asset_type_id, amount, available, created_at, expires_at, lots)
  VALUES (p_home, hold_id, v_balance.account_id, v_balance.asset_type_id, amount, available, v_now,
    expires_at, v_taking.taken);
  UPDATE public.balances b SET held = v_balance.held + amount, lots = v_taking.lots,
    next_expiry = public.next_expiry(v_taking.lots)
  WHERE b.home = p_home AND b.handle = p_user_id AND b.asset_code = p_asset_code;
END $$;
GRANT EXECUTE ON FUNCTION public.place_hold TO wallet_app;
