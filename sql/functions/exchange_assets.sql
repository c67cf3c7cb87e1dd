-- Exchanges one asset of a player for another: a group of two transactions under one key. The first carries
-- the key and decides, the second derives from it. Parameters and errors are those of post_transaction.
CREATE OR REPLACE FUNCTION public.exchange_assets(
  p_home integer, p_user_id text, p_from_asset text, p_from_amount numeric, p_to_asset text,
  p_to_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  p_from_lots jsonb DEFAULT NULL, p_to_lots jsonb DEFAULT NULL,
  OUT group_id uuid, OUT from_id uuid, OUT from_balance numeric, OUT to_id uuid, OUT to_balance numeric,
  OUT created_at timestamptz, OUT replayed boolean, OUT from_lots jsonb, OUT to_lots jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction(p_home, p_user_id);
  v_other text;
  v_lots public.lot_move;
BEGIN
  -- In one order by all, whichever way they exchange.
  PERFORM public.lock_balance(p_home, p_user_id, asset_code)
  FROM unnest(ARRAY[p_from_asset, p_to_asset]) AS asset(asset_code)
  ORDER BY asset_code COLLATE "C";
  PERFORM public.lock_balance(p_home, '$treasury', p_to_asset);
  v_other := public.check_posting(p_home, 'EXCHANGE', '$treasury', p_user_id, p_to_asset, p_to_amount)::text;
  IF p_to_lots IS NOT NULL THEN
    v_lots := public.settle_lots(
      p_home, 'EXCHANGE', '$treasury', p_user_id, p_to_asset, p_to_amount, clock_timestamp(), p_key, p_to_lots,
      NULL, false);
    v_other := least(public.refusal_of(v_other), public.refusal_at('to', v_lots.refusal))::text;
  END IF;

  group_id := public.id_of(p_home, p_key || E'\ngroup');
  SELECT t.transaction_id, t.debit_balance, t.created_at, t.replayed, t.lots
  INTO from_id, from_balance, created_at, replayed, from_lots
  FROM public.post_transaction(
    p_home, 'EXCHANGE', p_user_id, '$treasury', p_from_asset, p_from_amount, p_key, p_request_hash,
    p_metadata,
    p_principal, p_group_id => group_id, p_other => public.refusal_of(v_other), p_lots => p_from_lots) AS t;
  to_id := public.id_of(p_home, p_key || E'\nto');
  IF replayed THEN
    SELECT j.credit_balance, public.told_lots(j.lots, j.debit_account_id, j.amount, j.credit_balance)
    INTO STRICT to_balance, to_lots FROM public.journal j
    WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(to_id);
  ELSE
    SELECT t.credit_balance, t.lots INTO to_balance, to_lots
    FROM public.post_transaction(
      p_home, 'EXCHANGE', '$treasury', p_user_id, p_to_asset, p_to_amount, p_key, NULL, p_metadata,
      p_principal,
      p_group_id => group_id, p_leg => 'to', p_lots => p_to_lots) AS t;
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.exchange_assets TO wallet_app;
COMMENT ON FUNCTION public.exchange_assets IS 'Nullable: from_lots, to_lots';
