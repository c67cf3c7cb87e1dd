-- Locks a player's account and its balances, brings the balances' lots up to date, and returns the account.
-- Refuses an unknown player.
CREATE OR REPLACE FUNCTION public.lock_account(p_home integer, p_user_id text) RETURNS public.user_accounts
LANGUAGE plpgsql AS $$
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
BEGIN
  -- First the account: nobody opens a balance of it beside this (open_balance).
  SELECT * INTO v_account FROM public.user_accounts a WHERE a.home = p_home AND a.id = v_account.id
  FOR NO KEY UPDATE NOWAIT;
  PERFORM FROM public.balances b WHERE b.home = p_home AND b.handle = p_user_id
  ORDER BY b.asset_code
  FOR NO KEY UPDATE NOWAIT;
  WHILE EXISTS (
    SELECT FROM public.balances b
    WHERE b.home = p_home AND b.handle = p_user_id
      AND public.refresh_lots(ROW(b.*)::public.balances, clock_timestamp())) LOOP
  END LOOP;
  RETURN v_account;
END $$;
