-- What a refusal of a posting may say about it. The parameters are those of posting_fault.
CREATE OR REPLACE FUNCTION public.posting_facts(
  p_debit public.balances, p_credit public.balances, p_amount numeric, p_freed numeric DEFAULT 0)
  RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'userId', CASE WHEN p_debit.status = 'active' AND p_credit.status = 'closed' THEN p_credit.handle
      ELSE p_debit.handle END,
    'assetCode', p_debit.asset_code, 'scale', p_debit.scale, 'required', p_amount,
    'available', p_debit.balance - p_debit.held + p_freed)
$$;
