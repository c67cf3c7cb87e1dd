-- Per asset, what each type of account holds in all, and their sum: zero, or the ledger is broken.
CREATE OR REPLACE FUNCTION public.read_trial_balance()
RETURNS TABLE (asset_code text, "user" numeric, treasury numeric, revenue numeric, bonus_pool numeric, sum numeric)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT s.code,
    trim_scale(coalesce(sum(b.balance) FILTER (WHERE a.type = 'user'), 0)),
    trim_scale(coalesce(sum(b.balance) FILTER (WHERE a.type = 'treasury'), 0)),
    trim_scale(coalesce(sum(b.balance) FILTER (WHERE a.type = 'revenue'), 0)),
    trim_scale(coalesce(sum(b.balance) FILTER (WHERE a.type = 'bonus_pool'), 0)),
    trim_scale(coalesce(sum(b.balance), 0))
  FROM public.asset_types s
  LEFT JOIN public.balances b ON b.asset_type_id = s.id
  LEFT JOIN public.accounts a ON a.id = b.account_id
  GROUP BY s.id, s.code
  ORDER BY s.id
$$;
GRANT EXECUTE ON FUNCTION public.read_trial_balance TO wallet_reader, wallet_app;
