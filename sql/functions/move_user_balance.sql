-- Adds p_delta (negative: a debit) to a user's balance, whose row the caller has locked, or makes the row when it is the user's first.
-- Refuses to leave less than zero available, or more than 15 significant digits, which a client's double could not hold.
CREATE OR REPLACE FUNCTION public.move_user_balance(
  p_account_id bigint, p_asset_type_id integer, p_scale integer, p_delta numeric, p_at timestamptz,
  OUT running_balance numeric, OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_held numeric;
BEGIN
  UPDATE public.balances b
  SET balance = b.balance + p_delta, entry_count = b.entry_count + 1, last_entry_at = p_at
  WHERE b.account_id = p_account_id AND b.asset_type_id = p_asset_type_id AND b.stripe = 0
  RETURNING b.balance, b.held, b.entry_count INTO running_balance, v_held, seq;

  IF NOT FOUND THEN
    INSERT INTO public.balances (account_id, asset_type_id, stripe, balance, entry_count, last_entry_at)
    VALUES (p_account_id, p_asset_type_id, 0, p_delta, 1, p_at)
    ON CONFLICT DO NOTHING
    RETURNING balance, held, entry_count INTO running_balance, v_held, seq;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the balance row was made by a concurrent posting' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;

  IF p_delta < 0 AND running_balance < v_held THEN
    PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object(
      'available', running_balance - p_delta - v_held, 'required', -p_delta));
  ELSIF running_balance >= 10::numeric ^ (15 - p_scale) THEN
    PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', running_balance));
  END IF;
END $$;
