-- What each transaction made (above zero) or burned (below) of each player's lots, in the order of the
-- player's entries. burned_late: after its expiry, though no hold had reserved it and nothing booked the
-- expiry. For the owner alone: it calls a function of the owner's.
CREATE OR REPLACE VIEW public.lot_entries AS
SELECT j.home, j.xact, j.debit_account_id AS account_id, j.asset_type_id, j.id AS transaction_id, j.kind,
  j.debit_seq AS seq, j.created_at, l AS lot, -l.amount AS delta, -l.cost AS cost,
  l.expires_at <= j.created_at AND j.kind <> 'EXPIRY' AND NOT EXISTS (
    -- A capture, or what may leave the player below zero, takes what a hold reserved before it expired.
    SELECT FROM public.holds h
    WHERE h.home = j.home AND h.account_id = j.debit_account_id AND h.asset_type_id = j.asset_type_id
      AND h.created_at < l.expires_at AND coalesce(h.resolved_at, 'infinity') >= l.expires_at
      AND (j.related_id = h.id OR j.kind IN ('REVERSAL', 'ADJUSTMENT'))) AS burned_late
FROM public.journal j, unnest(j.lots) AS l
WHERE j.debit_account_id > 0
UNION ALL
SELECT j.home, j.xact, j.credit_account_id, j.asset_type_id, j.id, j.kind, j.credit_seq, j.created_at, l,
  l.amount, l.cost, false
FROM public.journal j, unnest(public.made_lots(j.lots, j.amount, j.credit_balance)) AS l
WHERE j.credit_account_id > 0 AND j.lots IS NOT NULL;
REVOKE ALL ON public.lot_entries FROM wallet_app, wallet_reader;
