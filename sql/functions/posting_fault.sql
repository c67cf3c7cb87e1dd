-- The rulebook: the first rule, in the order of the catalogue, that a posting breaks; null when it may be
-- posted. p_debit and p_credit are its balances as they are before it, locked; a hold has no credit side.
-- p_related: what is wrong with the transaction or hold that it is about. p_freed: what it frees of the
-- debited account's held amount. Everything that moves or reserves money asks this. It inlines.
CREATE OR REPLACE FUNCTION public.posting_fault(
  p_kind public.kinds, p_debit public.balances, p_credit public.balances, p_amount numeric,
  p_transferable boolean,
  p_related public.fault DEFAULT NULL, p_freed numeric DEFAULT 0, p_allow_negative boolean DEFAULT false
) RETURNS public.fault
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN p_debit.status = 'frozen' AND NOT p_kind.passes_frozen THEN 'ACCOUNT_FROZEN'
    WHEN p_debit.status = 'closed' OR p_credit.status = 'closed' THEN 'ACCOUNT_CLOSED'
    WHEN p_kind.code = 'TRANSFER' AND NOT p_transferable THEN 'ASSET_NOT_TRANSFERABLE'
    WHEN scale(p_amount) > p_debit.scale THEN 'AMOUNT_PRECISION'
    WHEN p_debit.account_id = p_credit.account_id THEN 'SAME_ACCOUNT'
    WHEN p_related IS NOT NULL THEN p_related
    WHEN p_debit.account_id > 0 AND NOT p_allow_negative
      AND p_debit.balance - p_amount < p_debit.held - p_freed
      THEN 'INSUFFICIENT_FUNDS'
    WHEN p_credit.account_id > 0 AND p_credit.balance + p_amount >= public.balance_limit(p_debit.scale)
      THEN 'BALANCE_LIMIT_EXCEEDED'
    WHEN p_debit.account_id > 0 AND p_debit.balance - p_amount <= -public.balance_limit(p_debit.scale)
      THEN 'BALANCE_LIMIT_EXCEEDED'
  END::public.fault
$$;
