-- The pieces of a transaction add up to what it moves between a player and the lots, each is what its id
-- says, and none was burned after its expiry, unless a hold had reserved it. An EXPIRY books what has
-- expired, or what a player who was erased had left, and nothing else.
CREATE OR REPLACE FUNCTION public.law_lot_pieces(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'kind', j.kind, 'pieces', p.amount::text)
    FROM public.journal j
    JOIN public.asset_types s ON s.id = j.asset_type_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(l.amount), 0) AS amount, bool_and(l.id = public.lot_id(l)) AS named,
        bool_and(l.expires_at <= j.created_at) AS expired
      FROM unnest(j.lots) AS l) AS p
    WHERE j.xact >= coalesce(p_after, '0') AND j.kind <> 'HOLD' AND CASE
      WHEN s.burn_order IS NULL THEN j.lots IS NOT NULL
      ELSE j.lots IS NULL OR p.named = false OR j.kind = 'EXPIRY' AND p.expired IS NOT TRUE AND NOT EXISTS (
          SELECT FROM public.erasures e WHERE e.home = j.home AND e.account_id = j.debit_account_id)
        OR p.amount <> CASE WHEN j.debit_account_id < 0 THEN j.amount
          ELSE least(j.amount, greatest(j.debit_balance + j.amount, 0)) END END
    UNION ALL
    SELECT e.home, e.account_id, e.asset_type_id,
      jsonb_build_object(
        'transactionId', e.transaction_id, 'lotId', (e.lot).id, 'expiresAt', (e.lot).expires_at)
    FROM public.lot_entries e WHERE e.xact >= coalesce(p_after, '0') AND e.burned_late;
END $$;
