-- What became of a credit to a player with lots: how much of it was spent since, and how much is still there
-- (held or not). Within a lot the oldest credit burns first, so what is left in the lot and was not credited
-- later is this credit's. What expired or was taken back is neither.
CREATE OR REPLACE FUNCTION public.credit_use(p_credit public.journal, OUT spent numeric, OUT unspent numeric)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_credit.lots IS NULL OR p_credit.credit_account_id < 0 THEN
    RETURN;
  END IF;
  SELECT sum(m.amount - taken.amount - u.rest), sum(least(u.rest, live.amount)) INTO spent, unspent
  FROM unnest(public.made_lots(p_credit.lots, p_credit.amount, p_credit.credit_balance)) AS m
  -- What is left of the lot.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum((v.lot).amount), 0) AS amount
    FROM public.balances b
    CROSS JOIN LATERAL public.live_lots(b, clock_timestamp()) AS v
    WHERE b.home = p_credit.home AND b.handle = public.handle_of(p_credit.home, p_credit.credit_account_id)
      AND b.asset_type_id = p_credit.asset_type_id AND (v.lot).id = m.id) AS live
  -- What expired of it.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.amount), 0) AS amount FROM public.journal j, unnest(j.lots) AS l
    WHERE j.home = p_credit.home AND j.debit_account_id = p_credit.credit_account_id
      AND j.debit_account_id > 0 AND j.asset_type_id = p_credit.asset_type_id AND j.kind = 'EXPIRY'
      AND j.created_at > p_credit.created_at AND l.id = m.id) AS expired
  -- What was taken back of it by reversals of this credit.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.amount), 0) AS amount FROM public.journal j, unnest(j.lots) AS l
    WHERE j.home = p_credit.home AND j.related_id = p_credit.id AND j.kind = 'REVERSAL' AND l.id = m.id
  ) AS taken
  -- What was credited to it later, and not taken back.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.amount), 0) - coalesce((
      SELECT sum(r.amount) FROM public.journal t, unnest(t.lots) AS r
      WHERE t.home = p_credit.home AND t.kind = 'REVERSAL' AND r.id = m.id AND t.related_id IN (
        SELECT j.id FROM public.journal j WHERE j.home = p_credit.home
          AND j.credit_account_id = p_credit.credit_account_id AND j.credit_account_id > 0
          AND j.asset_type_id = p_credit.asset_type_id AND j.created_at > p_credit.created_at)), 0) AS amount
    FROM public.journal j
    CROSS JOIN LATERAL unnest(public.made_lots(j.lots, j.amount, j.credit_balance)) AS l
    WHERE j.home = p_credit.home AND j.credit_account_id = p_credit.credit_account_id
      AND j.credit_account_id > 0 AND j.asset_type_id = p_credit.asset_type_id
      AND j.created_at > p_credit.created_at AND j.kind <> 'REFUND' AND l.id = m.id) AS later
  CROSS JOIN LATERAL (
    SELECT least(
      greatest(live.amount + expired.amount - later.amount, 0), m.amount - taken.amount)) AS u(rest);
END $$;
