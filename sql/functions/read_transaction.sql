-- A transaction with both of its entries, for the audit, and what became of a credit to a player with lots.
-- p_home is the home that the id ends with. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.read_transaction(
  p_home integer, p_transaction_id uuid, OUT data json, OUT spent numeric, OUT unspent numeric
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_transaction public.journal := public.find_transaction(p_home, p_transaction_id);
BEGIN
  SELECT u.spent, u.unspent INTO spent, unspent FROM public.credit_use(v_transaction) AS u;
  SELECT r.data INTO STRICT data FROM public.transaction_replies r
  WHERE r.home = p_home AND public.claim_of(r.id) = public.claim_of(p_transaction_id);
END $$;
GRANT EXECUTE ON FUNCTION public.read_transaction TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_transaction IS 'Nullable: spent, unspent';
