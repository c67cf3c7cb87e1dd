-- Moves between two players. In one home it is one transaction. Else it is a group of two, each whole in its
-- home, by way of the system account $clearing: the payer's has the key and decides, the receiver's derives
-- from it, and gets the lots that the payer's has burned.
-- p_group_id: the group to post in; null: one of its own for the two, and none for one. The other
-- parameters and errors are those of post_transaction.
DROP FUNCTION IF EXISTS public.post_transfer(
  integer, integer, text, text, text, numeric, text, bytea, jsonb, text, jsonb);
CREATE OR REPLACE FUNCTION public.post_transfer(
  p_home integer, p_to_home integer, p_from text, p_to text, p_asset_code text, p_amount numeric,
  p_key text, p_request_hash bytea, p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  p_lots jsonb DEFAULT NULL, p_group_id uuid DEFAULT NULL,
  OUT transaction_id uuid, OUT balance numeric, OUT created_at timestamptz, OUT replayed boolean,
  OUT group_id uuid, OUT lots jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_plain boolean;
  v_other text;
BEGIN
  -- Of two players, the one whose handle comes first is locked first, by all.
  IF p_from < p_to COLLATE "C" THEN
    PERFORM FROM public.balances b WHERE b.home = p_home AND b.handle = p_from AND b.asset_code = p_asset_code
    FOR NO KEY UPDATE NOWAIT;
  END IF;
  /* on several nodes: statements of one table keep their plans
  v_plain := (SELECT s.transferable FROM public.asset_types s WHERE s.code = p_asset_code);
  SELECT v_plain AND b.status = 'active' AND b.balance + p_amount < public.balance_limit(6)
  INTO v_plain
  FROM public.balances b
  WHERE b.home = p_to_home AND b.handle = p_to AND b.asset_code = p_asset_code
  FOR NO KEY UPDATE NOWAIT;
  */ -- on one node:
  SELECT s.transferable AND b.status = 'active' AND b.balance + p_amount < public.balance_limit(6)
  INTO v_plain
  FROM public.balances b JOIN public.asset_types s ON s.code = b.asset_code
  WHERE b.home = p_to_home AND b.handle = p_to AND b.asset_code = p_asset_code
  FOR NO KEY UPDATE OF b NOWAIT;
  -- end
  IF v_plain IS NOT TRUE THEN
    PERFORM public.find_account(p_home, p_from), public.find_account(p_to_home, p_to);
  END IF;

  IF p_home = p_to_home THEN
    IF v_plain IS NOT TRUE THEN
      PERFORM public.lock_balance(p_home, p_from, p_asset_code),
        public.lock_balance(p_home, p_to, p_asset_code);
      v_other := public.check_posting(p_home, 'TRANSFER', p_from, p_to, p_asset_code, p_amount)::text;
    END IF;
    SELECT t.transaction_id, t.debit_balance, t.created_at, t.replayed, t.lots
    INTO transaction_id, balance, created_at, replayed, lots
    FROM public.post_transaction(
      p_home, 'TRANSFER', p_from, p_to, p_asset_code, p_amount, p_key, p_request_hash, p_metadata,
      p_principal, p_group_id,
      p_other => public.refusal_of(v_other), p_lots => p_lots) AS t;
    group_id := p_group_id;
    RETURN;
  END IF;

  IF v_plain IS NOT TRUE THEN
    PERFORM public.lock_balance(p_home, p_from, p_asset_code),
      public.lock_balance(p_to_home, '$clearing', p_asset_code),
      public.lock_balance(p_to_home, p_to, p_asset_code);
    v_other := public.check_posting(p_to_home, 'TRANSFER', '$clearing', p_to, p_asset_code, p_amount)::text;
  END IF;
  group_id := coalesce(p_group_id, public.id_of(p_home, p_key || E'\ngroup'));
  SELECT t.transaction_id, t.debit_balance, t.created_at, t.replayed, t.lots
  INTO transaction_id, balance, created_at, replayed, lots
  FROM public.post_transaction(
    p_home, 'TRANSFER', p_from, '$clearing', p_asset_code, p_amount, p_key, p_request_hash, p_metadata,
    p_principal,
    p_group_id => group_id, p_other => public.refusal_of(v_other), p_lots => p_lots) AS t;
  IF NOT replayed THEN
    -- With FROM the call goes whole to the receiver's node, where there are several.
    PERFORM FROM public.post_transaction(
      p_to_home, 'TRANSFER', '$clearing', p_to, p_asset_code, p_amount, p_key, NULL, p_metadata, p_principal,
      p_group_id => group_id, p_leg => 'to', p_lots => lots);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.post_transfer TO wallet_app;
COMMENT ON FUNCTION public.post_transfer IS 'Nullable: group_id, lots';
