-- Books the lots of a locked balance that have expired at p_at, as one EXPIRY of the player to the system
-- account of expired credits. Its id derives from the number of the player's entry. p_forfeit: books all that
-- the balance has, expired or not, of an asset with lots or without.
DROP FUNCTION IF EXISTS public.expire_lots(public.balances, timestamptz);
CREATE OR REPLACE FUNCTION public.expire_lots(
  p_balance public.balances, p_at timestamptz, p_forfeit boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_expired public.balances := public.lock_balance(p_balance.home, '$expired', p_balance.asset_code);
  v_lapsed public.lot[];
  v_left public.lot[];
  v_amount numeric;
  v_at timestamptz := greatest(p_at, p_balance.last_entry_at + interval '1 microsecond',
    v_expired.last_entry_at + interval '1 microsecond');
BEGIN
  IF p_forfeit THEN
    v_lapsed := p_balance.lots;
    v_left := p_balance.lots[:0];
    v_amount := p_balance.balance;
  ELSE
    SELECT array_agg(l) FILTER (WHERE l.expires_at <= p_at),
      coalesce(array_agg(l) FILTER (WHERE (l.expires_at <= p_at) IS NOT TRUE), '{}'),
      sum(l.amount) FILTER (WHERE l.expires_at <= p_at)
    INTO v_lapsed, v_left, v_amount
    FROM unnest(p_balance.lots) AS l;
  END IF;
  INSERT INTO public.journal (
    id, home, asset_type_id, created_at, kind, amount,
    debit_account_id, debit_seq, debit_balance, credit_account_id, credit_seq, credit_balance, lots)
  VALUES (
    public.expiry_id(
      p_balance.home, p_balance.account_id, p_balance.asset_type_id, p_balance.entry_count + 1),
    p_balance.home, p_balance.asset_type_id, v_at, 'EXPIRY', v_amount,
    p_balance.account_id, p_balance.entry_count + 1, p_balance.balance - v_amount,
    v_expired.account_id, v_expired.entry_count + 1, v_expired.balance + v_amount, v_lapsed);
  UPDATE public.balances b
  SET balance = CASE WHEN b.handle = p_balance.handle THEN b.balance - v_amount ELSE b.balance + v_amount END,
    entry_count = b.entry_count + 1, last_entry_at = v_at,
    lots = CASE WHEN b.handle = p_balance.handle THEN v_left END,
    next_expiry = CASE WHEN b.handle = p_balance.handle THEN public.next_expiry(v_left) END
  WHERE b.home = p_balance.home AND b.handle IN (p_balance.handle, '$expired')
    AND b.asset_code = p_balance.asset_code;
END $$;
