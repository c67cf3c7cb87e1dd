-- How much of a player's balance had expired before a past time and was booked only from then on, or is not
-- booked yet: what EXPIRY booked since p_until of lots that had expired before, and what lies in the balance
-- and in its expired holds of such lots; without what holds reserved then and gave back later.
CREATE OR REPLACE FUNCTION public.lapsed_at(p_balance public.balances, p_until timestamptz) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(l.amount), 0) FROM (
      SELECT p.amount FROM public.journal j, unnest(j.lots) AS p
      WHERE j.home = p_balance.home AND j.debit_account_id = p_balance.account_id AND j.debit_account_id > 0
        AND j.asset_type_id = p_balance.asset_type_id AND j.created_at >= p_until AND j.kind = 'EXPIRY'
        AND p.expires_at < p_until
      UNION ALL
      SELECT p.amount FROM unnest(p_balance.lots) AS p WHERE p.expires_at < p_until
      UNION ALL
      SELECT p.amount FROM public.holds h, unnest(h.lots) AS p
      WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
        AND h.asset_type_id = p_balance.asset_type_id AND h.status = 'active' AND p.expires_at < p_until
        AND h.expires_at < p_until
      UNION ALL
      -- Reserved then: it had not expired.
      SELECT -p.amount FROM public.holds h, unnest(h.lots) AS p
      WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
        AND h.asset_type_id = p_balance.asset_type_id AND h.status <> 'active' AND p.expires_at < p_until
        AND h.created_at < p_until AND least(h.resolved_at, h.expires_at) >= p_until
      UNION ALL
      -- But for what a capture spent of it: that never came back.
      SELECT p.amount FROM public.holds h
      JOIN public.journal t ON t.home = h.home AND public.claim_of(t.id) = public.claim_of(h.transaction_id),
        unnest(t.lots) AS p
      WHERE h.home = p_balance.home AND h.account_id = p_balance.account_id
        AND h.asset_type_id = p_balance.asset_type_id AND h.status = 'captured' AND p.expires_at < p_until
        AND h.created_at < p_until AND h.resolved_at >= p_until
    ) AS l);
END $$;
