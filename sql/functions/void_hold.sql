-- Gives a hold up: what it reserved can be spent again. A hold voided before stays so. p_home is the home
-- that p_hold_id ends with. Refuses a hold that does not exist, was captured, or has expired.
CREATE OR REPLACE FUNCTION public.void_hold(
  p_home integer, p_hold_id uuid,
  OUT hold_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT status public.hold_status,
  OUT created_at timestamptz, OUT expires_at timestamptz, OUT transaction_id uuid, OUT captured numeric,
  OUT metadata jsonb
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction();
  v_hold public.holds := public.find_hold(p_home, p_hold_id);
  v_balance public.balances := public.lock_balance(
    p_home, public.handle_of(p_home, v_hold.account_id),
    (SELECT s.code FROM public.asset_types s WHERE s.id = v_hold.asset_type_id));
BEGIN
  IF v_hold.status <> 'voided' THEN
    IF public.hold_fault(v_hold) IS NOT NULL THEN
      PERFORM public.refuse(public.hold_fault(v_hold));
    END IF;
    UPDATE public.holds h SET status = 'voided', resolved_at = clock_timestamp() WHERE h.home = p_home
      AND h.id = p_hold_id;
    PERFORM public.free_held(v_balance, v_hold.amount, v_hold.lots);
  END IF;
  SELECT * INTO hold_id, user_id, asset_code, amount, status, created_at, expires_at, transaction_id,
    captured, metadata
  FROM public.read_hold(p_home, p_hold_id);
END $$;
GRANT EXECUTE ON FUNCTION public.void_hold TO wallet_app;
COMMENT ON FUNCTION public.void_hold IS 'Nullable: transaction_id, captured';
