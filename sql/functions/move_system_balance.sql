-- Adds p_delta to one stripe of a system account: that of this database backend, so that concurrent postings touch different rows;
-- when it is taken, the next free one, and only when every one is taken does it fail like any busy row (55P03).
CREATE OR REPLACE FUNCTION public.move_system_balance(
  p_account_id bigint, p_asset_type_id integer, p_delta numeric, p_at timestamptz,
  OUT stripe smallint, OUT running_balance numeric, OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_first smallint := 1 + pg_backend_pid() % public.system_stripes();
BEGIN
  UPDATE public.balances b
  SET balance = b.balance + p_delta, entry_count = b.entry_count + 1, last_entry_at = p_at
  WHERE b.account_id = p_account_id AND b.asset_type_id = p_asset_type_id AND b.stripe = (
    SELECT s.stripe FROM public.balances s
    WHERE s.account_id = p_account_id AND s.asset_type_id = p_asset_type_id AND s.stripe = v_first
    FOR UPDATE SKIP LOCKED)
  RETURNING b.stripe, b.balance, b.entry_count INTO stripe, running_balance, seq;
  IF FOUND THEN
    RETURN;
  END IF;

  UPDATE public.balances b
  SET balance = b.balance + p_delta, entry_count = b.entry_count + 1, last_entry_at = p_at
  WHERE b.account_id = p_account_id AND b.asset_type_id = p_asset_type_id AND b.stripe = (
    SELECT s.stripe FROM public.balances s
    WHERE s.account_id = p_account_id AND s.asset_type_id = p_asset_type_id
    ORDER BY (s.stripe < v_first), s.stripe
    LIMIT 1
    FOR UPDATE SKIP LOCKED)
  RETURNING b.stripe, b.balance, b.entry_count INTO stripe, running_balance, seq;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'every stripe of the system account is busy' USING ERRCODE = 'lock_not_available';
  END IF;
END $$;
