-- Spends a hold, in part or whole (p_amount null), as a purchase; what it does not spend goes back. p_home is
-- the home that p_hold_id ends with. Refuses a hold that does not exist, and what post_transaction refuses.
CREATE OR REPLACE FUNCTION public.capture_hold(
  p_home integer, p_hold_id uuid, p_amount numeric, p_key text, p_request_hash bytea,
  p_metadata jsonb DEFAULT NULL, p_principal text DEFAULT NULL,
  OUT transaction_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT balance numeric,
  OUT released numeric, OUT created_at timestamptz, OUT replayed boolean, OUT lots jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_hold public.holds := public.find_hold(p_home, p_hold_id);
  v_posted record;
  v_amount numeric := coalesce(p_amount, v_hold.amount);
BEGIN
  user_id := public.handle_of(p_home, v_hold.account_id);
  asset_code := (SELECT s.code FROM public.asset_types s WHERE s.id = v_hold.asset_type_id);
  SELECT * INTO v_posted FROM public.post_transaction(
    p_home, 'PURCHASE', user_id, '$revenue', asset_code, v_amount,
    p_key, p_request_hash, p_metadata, p_principal, p_related_id => p_hold_id);
  IF v_hold.lots IS NOT NULL AND NOT v_posted.replayed THEN
    PERFORM public.book_expired(p_home, user_id, asset_code);
  END IF;
  transaction_id := v_posted.transaction_id;
  -- What goes back to the player and has expired meanwhile is in no answer.
  balance := v_posted.debit_balance - public.expired_amount(v_hold.lots, v_posted.created_at) + (
    SELECT public.expired_amount(j.lots, j.created_at) FROM public.journal j
    WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(v_posted.transaction_id));
  created_at := v_posted.created_at;
  replayed := v_posted.replayed;
  lots := v_posted.lots;
  SELECT j.amount, v_hold.amount - j.amount INTO amount, released FROM public.journal j
  WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(transaction_id);
END $$;
GRANT EXECUTE ON FUNCTION public.capture_hold TO wallet_app;
COMMENT ON FUNCTION public.capture_hold IS 'Nullable: lots';
