-- Each transaction flows between accounts that its kind allows, and a hold between none.
CREATE OR REPLACE FUNCTION public.law_chart(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'kind', j.kind, 'flow', f.flow)
    FROM public.journal j
    LEFT JOIN public.kinds k ON k.code = j.kind
    LEFT JOIN public.system_accounts d ON d.id = j.debit_account_id
    LEFT JOIN public.system_accounts c ON c.id = j.credit_account_id
    CROSS JOIN LATERAL (VALUES (
      CASE WHEN j.debit_account_id > 0 THEN 'user' ELSE d.handle END || '>' ||
      CASE WHEN j.credit_account_id > 0 THEN 'user' ELSE c.handle END)) AS f(flow)
    WHERE j.xact >= coalesce(p_after, '0')
      AND (k.code IS NULL OR CASE WHEN k.flows = '{}' THEN f.flow IS NOT NULL
        ELSE (f.flow = ANY (k.flows)) IS NOT TRUE END);
END $$;
