-- The lots that a transaction made or burned, as a reply tells them; null where there are none. The
-- parameters are those of its journal row.
CREATE OR REPLACE FUNCTION public.told_lots(
  p_lots public.lot[], p_debit_account_id bigint, p_amount numeric, p_credit_balance numeric) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  RETURN to_jsonb(CASE WHEN p_debit_account_id > 0 THEN p_lots
    ELSE public.made_lots(p_lots, p_amount, p_credit_balance) END);
END $$;
