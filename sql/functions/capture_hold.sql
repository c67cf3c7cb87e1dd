-- Spends a hold, in part or whole (p_amount null), as a purchase; what it does not spend goes back. Raises W404H and what post_transaction raises.
CREATE OR REPLACE FUNCTION public.capture_hold(
  p_transaction_id uuid, p_hold_id uuid, p_amount numeric, p_key text, p_request_hash bytea, p_metadata jsonb, p_principal text,
  OUT transaction_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT balance numeric, OUT released numeric,
  OUT created_at timestamptz, OUT replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_hold public.holds := public.find_hold(p_hold_id);
  v_posted record;
BEGIN
  SELECT a.handle, s.code INTO user_id, asset_code FROM public.accounts a, public.asset_types s
  WHERE a.id = v_hold.account_id AND s.id = v_hold.asset_type_id;
  SELECT * INTO v_posted FROM public.post_transaction(
    p_transaction_id, 'PURCHASE', user_id, '$revenue', asset_code, coalesce(p_amount, v_hold.amount),
    p_key, p_request_hash, p_metadata, p_principal, NULL, p_hold_id);
  transaction_id := v_posted.transaction_id;
  balance := v_posted.debit_balance;
  created_at := v_posted.created_at;
  replayed := v_posted.replayed;
  SELECT j.amount, v_hold.amount - j.amount INTO amount, released FROM public.journal j WHERE j.id = transaction_id;
END $$;
GRANT EXECUTE ON FUNCTION public.capture_hold TO wallet_app;
