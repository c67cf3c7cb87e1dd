-- Each side of a transaction is of an account that exists, and its amount has at most the asset's decimals.
CREATE OR REPLACE FUNCTION public.law_account(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT e.home, e.account_id, e.asset_type_id, jsonb_build_object(
      'transactionId', e.transaction_id, 'accountId', e.account_id::text, 'entryType', e.entry_type)
    FROM public.ledger_entries e
    LEFT JOIN public.user_accounts a ON a.home = e.home AND a.id = e.account_id
    LEFT JOIN public.system_accounts y ON y.id = e.account_id
    LEFT JOIN public.asset_types s ON s.id = e.asset_type_id
    WHERE e.xact >= coalesce(p_after, '0')
      AND (coalesce(a.id, y.id) IS NULL OR s.id IS NULL OR scale(e.amount) > s.scale);
END $$;
