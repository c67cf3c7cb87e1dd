-- What became of a credit to a player with lots: how much of it was spent since, and how much is still there
-- (held or not). Within a lot the oldest credit burns first, so what is left in the lot and was not credited
-- later is this credit's. What filled a debt is spent. What expired, booked or not, or was taken back is
-- neither.
CREATE OR REPLACE FUNCTION public.credit_use(p_credit public.journal, OUT spent numeric, OUT unspent numeric)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_balance public.balances;
  v_now timestamptz := clock_timestamp();
BEGIN
  IF p_credit.lots IS NULL OR p_credit.credit_account_id < 0 THEN
    RETURN;
  END IF;
  SELECT * INTO v_balance FROM public.balances b
  WHERE b.home = p_credit.home AND b.handle = public.handle_of(p_credit.home, p_credit.credit_account_id)
    AND b.asset_type_id = p_credit.asset_type_id;
  SELECT p_credit.amount - coalesce(sum(taken.amount + u.rest), 0), coalesce(sum(least(u.rest, live.amount)), 0)
  INTO spent, unspent
  FROM unnest(public.made_lots(p_credit.lots, p_credit.amount, p_credit.credit_balance)) AS m
  -- What is left of the lot.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum((v.lot).amount), 0) AS amount
    FROM public.live_lots(v_balance, v_now) AS v WHERE (v.lot).id = m.id) AS live
  -- What expired of it: booked, or still in the balance or in an expired hold.
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(e.amount), 0) AS amount FROM (
      SELECT l.id, l.amount FROM public.journal j, unnest(j.lots) AS l
      WHERE j.home = p_credit.home AND j.debit_account_id = p_credit.credit_account_id
        AND j.debit_account_id > 0 AND j.asset_type_id = p_credit.asset_type_id AND j.kind = 'EXPIRY'
        AND j.created_at > p_credit.created_at
      UNION ALL
      SELECT l.id, l.amount FROM unnest(v_balance.lots) AS l WHERE l.expires_at <= v_now
      UNION ALL
      SELECT l.id, l.amount FROM public.holds h, unnest(h.lots) AS l
      WHERE h.home = v_balance.home AND h.account_id = v_balance.account_id
        AND h.asset_type_id = v_balance.asset_type_id AND h.status = 'active' AND h.expires_at <= v_now
        AND l.expires_at <= v_now) AS e
    WHERE e.id = m.id) AS expired
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
          AND j.asset_type_id = p_credit.asset_type_id AND j.created_at > p_credit.created_at
          AND j.lots[1].id = m.id)), 0) AS amount
    FROM public.journal j
    CROSS JOIN LATERAL unnest(public.made_lots(j.lots, j.amount, j.credit_balance)) AS l
    WHERE j.home = p_credit.home AND j.credit_account_id = p_credit.credit_account_id
      AND j.credit_account_id > 0 AND j.asset_type_id = p_credit.asset_type_id
      AND j.created_at > p_credit.created_at AND j.kind <> 'REFUND' AND l.id = m.id) AS later
  CROSS JOIN LATERAL (
    SELECT greatest(
      least(live.amount + expired.amount - greatest(later.amount, 0), m.amount - taken.amount), 0)) AS u(rest);
END $$;
