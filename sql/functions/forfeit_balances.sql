-- Voids the holds of an account that is locked, and books all that its balances have as EXPIRY. A balance
-- below zero stays as it is.
CREATE OR REPLACE FUNCTION public.forfeit_balances(p_account public.user_accounts) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_hold public.holds;
  v_balance public.balances;
BEGIN
  FOR v_hold IN
    SELECT * FROM public.holds h
    WHERE h.home = p_account.home AND h.account_id = p_account.id AND h.status = 'active'
  LOOP
    SELECT * INTO v_balance FROM public.balances b
    WHERE b.home = p_account.home AND b.handle = p_account.handle AND b.asset_type_id = v_hold.asset_type_id;
    PERFORM public.end_hold(p_account.home, v_hold.id, 'voided'),
      public.free_held(v_balance, v_hold.amount, v_hold.lots);
  END LOOP;
  FOR v_balance IN
    SELECT * FROM public.balances b
    WHERE b.home = p_account.home AND b.handle = p_account.handle AND b.balance > 0
    ORDER BY b.asset_code
  LOOP
    PERFORM public.expire_lots(v_balance, clock_timestamp(), true);
  END LOOP;
END $$;
