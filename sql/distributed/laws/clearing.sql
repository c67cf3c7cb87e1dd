-- On several nodes: what a transfer sent from one home has arrived in the other, in the transaction whose id
-- its key gives. The two nodes commit one after the other, and after a crash one of them waits until the
-- coordinator has recovered it: this tells of transfers that are older than two minutes.
CREATE OR REPLACE FUNCTION public.law_clearing(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT min(s.home), NULL::bigint, s.asset_type_id,
      jsonb_build_object('groupId', s.group_id, 'clearing', sum(s.amount)::text)
    FROM (
      SELECT j.home, j.asset_type_id, j.group_id, j.created_at, j.amount::numeric AS amount,
        public.claim_of(public.id_of(0, j.idempotency_key || E'\nto')) AS claim
      FROM public.journal j
      LEFT JOIN public.erased_texts x ON x.home = j.home AND x.transaction_id = j.id
      WHERE j.kind = 'TRANSFER' AND j.credit_account_id < 0 AND x.home IS NULL
      UNION ALL
      SELECT j.home, j.asset_type_id, j.group_id, j.created_at, -j.amount, public.claim_of(j.id)
      FROM public.journal j
      LEFT JOIN public.erased_texts x ON x.home = j.home AND x.transaction_id = j.id
      WHERE j.kind = 'TRANSFER' AND j.debit_account_id < 0 AND x.home IS NULL) AS s
    GROUP BY s.claim, s.group_id, s.asset_type_id
    HAVING (sum(s.amount) <> 0 OR count(*) <> 2)
      AND max(s.created_at) < clock_timestamp() - interval '2 minutes';
END $$;
