-- A transaction with both of its entries, for the audit: a row per entry, the debit first. p_home is the home
-- that the id ends with. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.read_transaction(p_home integer, p_transaction_id uuid)
RETURNS TABLE (
  id uuid, kind text, kind_name text, asset_code text, amount numeric, group_id uuid, related_id uuid,
  idempotency_key text, principal text, metadata jsonb, created_at timestamptz,
  account text, account_type text, entry_type public.entry_type, running_balance numeric,
  lots jsonb, spent numeric, unspent numeric)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT * FROM public.transaction_entries(public.find_transaction(p_home, p_transaction_id))
$$;
GRANT EXECUTE ON FUNCTION public.read_transaction TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_transaction IS
  'Nullable: group_id, related_id, idempotency_key, principal, lots, spent, unspent';
