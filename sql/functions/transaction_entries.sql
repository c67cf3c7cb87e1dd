-- A transaction as the audit shows it: a row per entry, the debit first. account: a player's userId, or the
-- type of a system account.
CREATE OR REPLACE FUNCTION public.transaction_entries(p_transaction public.journal)
RETURNS TABLE (
  id uuid, kind text, kind_name text, asset_code text, amount numeric, group_id uuid, related_id uuid,
  idempotency_key text, principal text, metadata jsonb, created_at timestamptz,
  account text, account_type text, entry_type public.entry_type, running_balance numeric,
  lots jsonb, spent numeric, unspent numeric)
LANGUAGE sql STABLE AS $$
  SELECT p_transaction.id, p_transaction.kind, y.name, s.code, p_transaction.amount::numeric,
    p_transaction.group_id,
    p_transaction.related_id, p_transaction.idempotency_key, p_transaction.principal, p_transaction.metadata,
    p_transaction.created_at, ltrim(e.handle, '$'), CASE WHEN e.account_id > 0 THEN 'user'
    ELSE ltrim(e.handle, '$') END,
    e.entry_type::public.entry_type, e.running_balance,
    public.told_lots(p_transaction.lots, p_transaction.debit_account_id, p_transaction.amount,
      p_transaction.credit_balance),
    u.spent, u.unspent
  FROM public.kinds y
  JOIN public.asset_types s ON s.id = p_transaction.asset_type_id
  CROSS JOIN LATERAL public.credit_use(p_transaction) AS u
  CROSS JOIN LATERAL (VALUES
    ('debit', p_transaction.debit_account_id, p_transaction.debit_balance,
      public.handle_of(p_transaction.home, p_transaction.debit_account_id)),
    ('credit', p_transaction.credit_account_id, p_transaction.credit_balance,
      public.handle_of(p_transaction.home, p_transaction.credit_account_id)))
    AS e(entry_type, account_id, running_balance, handle)
  WHERE y.code = p_transaction.kind
$$;
