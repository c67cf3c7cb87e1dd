-- The journal's row of a leg that leaves these balances. It inlines.
CREATE OR REPLACE FUNCTION public.journal_row(
  p_leg public.batch_leg, p_debit public.balances, p_credit public.balances, p_group_id uuid,
  p_principal text, p_lots public.lot[]
) RETURNS public.journal
LANGUAGE sql STABLE AS $$
  SELECT ROW(
    p_leg.id, p_leg.home, p_debit.asset_type_id, p_debit.last_entry_at, pg_current_xact_id(),
    p_debit.account_id, p_debit.entry_count, p_credit.account_id, p_credit.entry_count, (p_leg.kind).code,
    round(p_leg.amount, p_debit.scale), p_debit.balance, p_credit.balance,
    CASE WHEN p_leg.leg = '' THEN p_leg.key END, CASE WHEN p_leg.leg = '' THEN p_leg.request_hash END,
    p_group_id, NULL, p_principal, coalesce(p_leg.metadata, '{}'), p_lots)::public.journal
$$;
