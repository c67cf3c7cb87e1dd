-- A transaction with both of its entries, for the audit: a row per entry, the debit first. account: a user's id, or the system account's type.
-- Raises W404T.
CREATE OR REPLACE FUNCTION public.read_transaction(p_transaction_id uuid)
RETURNS TABLE (
  id uuid, type text, type_code text, asset_code text, amount numeric, status public.transaction_status, group_id uuid, related_id uuid,
  idempotency_key text, principal text, metadata jsonb, created_at timestamptz,
  account text, account_type public.account_type, entry_type public.entry_type, running_balance numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.id, y.name, j.type::text, s.code, j.amount::numeric, 'completed'::public.transaction_status, j.group_id, j.related_id,
      j.idempotency_key, j.principal, j.metadata, j.created_at,
      CASE a.type WHEN 'user' THEN a.handle ELSE a.type::text END, a.type, e.entry_type, e.running_balance
    FROM public.journal j
    JOIN public.transaction_types y ON y.code = j.type
    JOIN public.asset_types s ON s.id = j.asset_type_id
    JOIN public.ledger_entries e ON e.transaction_id = j.id
    JOIN public.accounts a ON a.id = e.account_id
    WHERE j.id = p_transaction_id
    ORDER BY e.entry_type;
  IF NOT FOUND THEN
    PERFORM public.refuse('W404T', format('transaction %s does not exist', p_transaction_id));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_transaction TO wallet_reader, wallet_app;
