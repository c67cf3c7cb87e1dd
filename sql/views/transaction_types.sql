-- The kinds of transactions, by the name that people read.
CREATE OR REPLACE VIEW public.transaction_types AS
SELECT k.id, k.code, k.name FROM public.kinds k WHERE k.flows <> '{}';
REVOKE ALL ON public.transaction_types FROM wallet_app;
