-- A transaction with both of its entries, for the audit, and what became of a credit to a player with lots.
-- p_home is the home that the id ends with. Refuses one that does not exist.
CREATE OR REPLACE FUNCTION public.read_transaction(
  p_home integer, p_transaction_id uuid, OUT data json, OUT spent numeric, OUT unspent numeric
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT r.data, u.spent, u.unspent
  FROM public.find_transaction(p_home, p_transaction_id) AS j, public.credit_use(j) AS u,
    public.transaction_replies r
  WHERE r.home = j.home AND public.claim_of(r.id) = public.claim_of(j.id)
$$;
GRANT EXECUTE ON FUNCTION public.read_transaction TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_transaction IS 'Nullable: spent, unspent';
