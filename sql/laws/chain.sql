-- Each entry continues the one before it: numbers without a gap, and a running balance that moves by the
-- amount.
CREATE OR REPLACE FUNCTION public.law_chain(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT e.home, e.account_id, e.asset_type_id, jsonb_build_object(
      'transactionId', e.transaction_id, 'entryType', e.entry_type, 'seq', e.seq,
      'previousSeq', e.previous_seq, 'runningBalance', e.running_balance::text,
      'expected', (e.previous_balance + e.delta)::text)
    /* on several nodes:
    FROM public.entry_chains e
    */ -- on one node:
    FROM public.linked_entries(p_after) AS e
    -- end
    WHERE e.running_balance <> e.previous_balance + e.delta OR e.seq <> e.previous_seq + 1;
END $$;
