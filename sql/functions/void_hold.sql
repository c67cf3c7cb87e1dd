-- Gives a hold up: what it reserved can be spent again, or is booked as expired. A hold voided before stays so. p_home is the home
-- that p_hold_id ends with. Refuses a hold that does not exist, was captured, or has expired.
CREATE OR REPLACE FUNCTION public.void_hold(p_home integer, p_hold_id uuid, OUT data json
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
    PERFORM public.end_hold(p_home, p_hold_id, 'voided');
    PERFORM public.free_held(v_balance, v_hold.amount, v_hold.lots);
    IF v_hold.lots IS NOT NULL THEN
      PERFORM public.book_expired(p_home, v_balance.handle, v_balance.asset_code);
    END IF;
  END IF;
  data := public.hold_data(v_hold, 'voided');
END $$;
GRANT EXECUTE ON FUNCTION public.void_hold TO wallet_app;
