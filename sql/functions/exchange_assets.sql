-- Exchanges one asset of a user for another: a group of two transactions under one key, which the first of them carries.
CREATE OR REPLACE FUNCTION public.exchange_assets(
  p_group_id uuid, p_from_id uuid, p_to_id uuid, p_user_id text, p_from_asset text, p_from_amount numeric, p_to_asset text, p_to_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text,
  OUT group_id uuid, OUT from_id uuid, OUT from_balance numeric, OUT to_id uuid, OUT to_balance numeric, OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v_from record;
  v_to record;
BEGIN
  PERFORM public.refuse_unknown(ARRAY[p_user_id], p_from_asset);
  PERFORM public.refuse_unknown(ARRAY[p_user_id], p_to_asset);
  -- In one order by all, whichever way they exchange.
  PERFORM FROM public.balances b
  WHERE b.handle = p_user_id AND b.asset_code IN (p_from_asset, p_to_asset) AND b.stripe = 0
  ORDER BY b.asset_code
  FOR NO KEY UPDATE NOWAIT;

  BEGIN
    SELECT * INTO v_from FROM public.post_transaction(
      p_from_id, 'EXCHANGE', p_user_id, '$treasury', p_from_asset, p_from_amount, p_key, p_request_hash, p_metadata, p_principal, p_group_id);
  EXCEPTION WHEN SQLSTATE 'W422F' THEN
    -- Funds are decided last: too many decimals on the other side come before.
    IF scale(p_to_amount) > (SELECT s.scale FROM public.asset_types s WHERE s.code = p_to_asset) THEN
      PERFORM public.refuse('W422P', format('amount %s has more decimals than %s', p_to_amount, p_to_asset));
    END IF;
    RAISE;
  END;
  IF v_from.replayed THEN
    SELECT j.group_id, j.id AS transaction_id, j.credit_balance, j.created_at INTO v_to
    FROM public.journal j
    WHERE j.related_id = v_from.transaction_id;
    group_id := v_to.group_id;
  ELSE
    SELECT * INTO v_to FROM public.post_transaction(
      p_to_id, 'EXCHANGE', '$treasury', p_user_id, p_to_asset, p_to_amount, NULL, NULL, p_metadata, p_principal, p_group_id, v_from.transaction_id);
    group_id := p_group_id;
  END IF;
  from_id := v_from.transaction_id;
  from_balance := v_from.debit_balance;
  to_id := v_to.transaction_id;
  to_balance := v_to.credit_balance;
  created_at := v_to.created_at;
  replayed := v_from.replayed;
END $$;
GRANT EXECUTE ON FUNCTION public.exchange_assets TO wallet_app;
