-- One row per account and asset: the slices of a system account added up. held: reserved by holds.
CREATE OR REPLACE VIEW public.balance_cache AS
SELECT account_id, asset_type_id, sum(balance) AS balance, sum(held) AS held, sum(entry_count) AS entry_count,
  max(last_entry_at) AS updated_at
FROM public.balances
GROUP BY account_id, asset_type_id;
-- wallet_app reads no table or view: it calls functions.
REVOKE ALL ON public.balance_cache FROM wallet_app;
