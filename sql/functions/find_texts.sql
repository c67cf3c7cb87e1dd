-- The rows of the journal with texts that were sent with a player's transactions and holds: the rows of the
-- player, and of a transfer the row in the other player's home.
CREATE OR REPLACE FUNCTION public.find_texts(p_home integer, p_account_id bigint)
RETURNS TABLE (home integer, id uuid)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH own AS MATERIALIZED (
      SELECT j.home, j.id, j.kind, j.group_id, j.idempotency_key, j.debit_account_id, j.credit_account_id
      FROM public.journal j WHERE j.home = p_home AND j.debit_account_id = p_account_id
      UNION ALL
      SELECT j.home, j.id, j.kind, j.group_id, j.idempotency_key, j.debit_account_id, j.credit_account_id
      FROM public.journal j WHERE j.home = p_home AND j.credit_account_id = p_account_id
      UNION ALL
      SELECT j.home, j.id, j.kind, NULL, NULL, NULL, NULL
      FROM public.holds h
      JOIN public.journal j ON j.home = h.home AND public.claim_of(j.id) = public.claim_of(h.id)
      WHERE h.home = p_home AND h.account_id = p_account_id)
    SELECT o.home, o.id FROM own o
    UNION ALL
    -- What the player paid to another home, there.
    SELECT t.home, t.id FROM own o JOIN public.journal t ON t.group_id = o.group_id
      AND public.claim_of(t.id) = public.claim_of(public.id_of(0, o.idempotency_key || E'\nto'))
    WHERE o.kind = 'TRANSFER' AND o.credit_account_id < 0
    UNION ALL
    -- What the player got from another home, there.
    SELECT t.home, t.id FROM own o JOIN public.journal t ON t.group_id = o.group_id
      AND public.claim_of(o.id) = public.claim_of(public.id_of(0, t.idempotency_key || E'\nto'))
    WHERE o.kind = 'TRANSFER' AND o.debit_account_id < 0;
END $$;
