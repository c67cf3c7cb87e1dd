-- What each type of account holds of each asset in all: a row per asset and type, of every type that there
-- is. An asset's rows add up to zero, or the ledger is broken.
CREATE OR REPLACE FUNCTION public.read_trial_balance()
RETURNS TABLE (asset_code text, account_type text, total numeric, asset_total numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT s.code, y.type, trim_scale(coalesce(t.total, 0)),
      trim_scale(sum(coalesce(t.total, 0)) OVER (PARTITION BY s.id))
    FROM public.asset_types s
    CROSS JOIN (
      SELECT 0::bigint AS id, 'user' AS type UNION ALL SELECT a.id, ltrim(a.handle, '$')
        FROM public.system_accounts a) AS y
    LEFT JOIN (
      SELECT b.asset_type_id, least(b.account_id, 0) AS id, sum(b.balance) AS total
        FROM public.balances b GROUP BY 1, 2) AS t
      ON t.asset_type_id = s.id AND t.id = y.id
    ORDER BY s.id, y.id DESC;
END $$;
GRANT EXECUTE ON FUNCTION public.read_trial_balance TO wallet_reader, wallet_app;
