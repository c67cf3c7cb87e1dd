-- An operator's correction of a player's balance, for or against the system account of adjustments. It passes
-- a frozen account. p_related_id: the transaction of this player that it corrects, or null.
-- Refuses what post_transaction refuses.
CREATE OR REPLACE FUNCTION public.post_adjustment(
  p_home integer, p_user_id text, p_direction text, p_asset_code text, p_amount numeric, p_key text,
  p_request_hash bytea, p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  p_related_id uuid DEFAULT NULL,
  p_allow_negative boolean DEFAULT false, p_lots jsonb DEFAULT NULL,
  OUT transaction_id uuid, OUT balance numeric, OUT created_at timestamptz, OUT replayed boolean,
  OUT lots jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
  v_asset public.asset_types := public.find_asset(p_asset_code);
  v_is_credit boolean := p_direction = 'credit';
  v_related public.journal;
BEGIN
  IF p_related_id IS NOT NULL THEN
    v_related := public.find_transaction(p_home, p_related_id);
    IF v_account.id NOT IN (v_related.debit_account_id, v_related.credit_account_id) THEN
      PERFORM public.refuse('TRANSACTION_NOT_FOUND', jsonb_build_object('id', p_related_id));
    END IF;
  END IF;
  SELECT t.transaction_id, CASE WHEN v_is_credit THEN t.credit_balance ELSE t.debit_balance END, t.created_at,
    t.replayed, t.lots
  INTO transaction_id, balance, created_at, replayed, lots
  FROM public.post_transaction(
    p_home, 'ADJUSTMENT', CASE WHEN v_is_credit THEN '$adjustments' ELSE p_user_id END,
    CASE WHEN v_is_credit THEN p_user_id ELSE '$adjustments' END,
    p_asset_code, p_amount, p_key, p_request_hash, p_metadata, p_principal,
    p_related_id => p_related_id, p_allow_negative => p_allow_negative AND NOT v_is_credit,
    p_lots => p_lots) AS t;
END $$;
GRANT EXECUTE ON FUNCTION public.post_adjustment TO wallet_app;
COMMENT ON FUNCTION public.post_adjustment IS 'Nullable: lots';
