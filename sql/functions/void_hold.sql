-- Gives a hold up: what it reserved can be spent again. A hold voided before stays so. Raises W404H, W409H (captured), W409E (expired).
CREATE OR REPLACE FUNCTION public.void_hold(
  p_hold_id uuid,
  OUT hold_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT status public.hold_status, OUT created_at timestamptz,
  OUT expires_at timestamptz, OUT transaction_id uuid, OUT captured numeric, OUT metadata jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_serializable boolean := public.require_serializable();
  v_hold public.holds := public.find_hold(p_hold_id);
BEGIN
  PERFORM FROM public.balances b
  WHERE b.account_id = v_hold.account_id AND b.asset_type_id = v_hold.asset_type_id AND b.stripe = 0
  FOR NO KEY UPDATE NOWAIT;
  IF v_hold.status <> 'voided' THEN
    PERFORM public.refuse_resolved(v_hold);
    UPDATE public.holds h SET status = 'voided', resolved_at = clock_timestamp() WHERE h.id = p_hold_id;
    UPDATE public.balances b SET held = b.held - v_hold.amount
    WHERE b.account_id = v_hold.account_id AND b.asset_type_id = v_hold.asset_type_id AND b.stripe = 0;
  END IF;
  SELECT * INTO hold_id, user_id, asset_code, amount, status, created_at, expires_at, transaction_id, captured, metadata
  FROM public.read_hold(p_hold_id);
END $$;
GRANT EXECUTE ON FUNCTION public.void_hold TO wallet_app;
