-- Locks one balance row and adds p_delta to it (negative: a debit). Never waits: a busy user's row fails with 55P03.
-- A system account's row is the stripe of this database session, so that concurrent postings touch different rows; when it is taken, the
-- next free one, and only when every one is taken it fails too. A user's row is made when it is the user's first, and refused less than
-- zero available, or more than 15 significant digits, which a client's double could not hold.
-- entry_at: p_at, or just after the user's last entry where the clock went back.
CREATE OR REPLACE FUNCTION public.move_balance(
  p_account_id bigint, p_is_user boolean, p_asset_type_id integer, p_scale integer, p_delta numeric, p_at timestamptz,
  OUT stripe smallint, OUT running_balance numeric, OUT seq bigint, OUT entry_at timestamptz
) LANGUAGE plpgsql AS $$
DECLARE
  v_stripe smallint := CASE WHEN p_is_user THEN 0 ELSE public.own_stripe() END;
  v_held numeric;
BEGIN
  IF p_is_user THEN
    UPDATE public.balances b
    SET balance = b.balance + p_delta, entry_count = b.entry_count + 1, last_entry_at = greatest(p_at, b.last_entry_at + interval '1 microsecond')
    WHERE b.account_id = p_account_id AND b.asset_type_id = p_asset_type_id AND b.stripe = (
      SELECT l.stripe FROM public.balances l
      WHERE l.account_id = p_account_id AND l.asset_type_id = p_asset_type_id AND l.stripe = v_stripe
      FOR UPDATE NOWAIT)
    RETURNING b.stripe, b.balance, b.entry_count, b.last_entry_at, b.held INTO stripe, running_balance, seq, entry_at, v_held;
    IF NOT FOUND THEN
      INSERT INTO public.balances (account_id, asset_type_id, stripe, balance, entry_count, last_entry_at)
      VALUES (p_account_id, p_asset_type_id, v_stripe, p_delta, 1, p_at)
      ON CONFLICT DO NOTHING
      RETURNING balances.stripe, balance, entry_count, last_entry_at, held INTO stripe, running_balance, seq, entry_at, v_held;
    END IF;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the balance row was made by a concurrent posting' USING ERRCODE = 'serialization_failure';
    ELSIF p_delta < 0 AND running_balance < v_held THEN
      PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object(
        'available', running_balance - p_delta - v_held, 'required', -p_delta));
    ELSIF running_balance >= 10::numeric ^ (15 - p_scale) THEN
      PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', running_balance));
    END IF;
    RETURN;
  END IF;

  entry_at := p_at;
  FOR v_try IN 0 .. public.system_stripes() - 1 LOOP
    UPDATE public.balances b
    SET balance = b.balance + p_delta, entry_count = b.entry_count + 1, last_entry_at = p_at
    WHERE b.account_id = p_account_id AND b.asset_type_id = p_asset_type_id AND b.stripe = (
      SELECT l.stripe FROM public.balances l
      WHERE l.account_id = p_account_id AND l.asset_type_id = p_asset_type_id
        AND l.stripe = 1 + (v_stripe - 1 + v_try) % public.system_stripes()
      FOR UPDATE SKIP LOCKED)
    RETURNING b.stripe, b.balance, b.entry_count INTO stripe, running_balance, seq;
    EXIT WHEN FOUND;
  END LOOP;
  IF running_balance IS NULL THEN
    RAISE EXCEPTION 'every stripe of the system account is busy' USING ERRCODE = 'lock_not_available';
  END IF;
END $$;
