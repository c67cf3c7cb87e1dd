-- Every lot that lies in a balance or in an active hold, a row for each.
CREATE OR REPLACE VIEW public.kept_lots AS
SELECT b.home, b.account_id, b.asset_type_id, l AS lot FROM public.balances b, unnest(b.lots) AS l
UNION ALL
SELECT h.home, h.account_id, h.asset_type_id, l FROM public.holds h, unnest(h.lots) AS l
WHERE h.status = 'active';
REVOKE ALL ON public.kept_lots FROM wallet_app;
