-- One row per transaction. A hold is none: its row only claims a key.
CREATE OR REPLACE VIEW public.transactions AS
SELECT j.id, j.home, j.created_at, j.asset_type_id, j.kind, y.id AS transaction_type_id,
  'completed' AS status,
  j.amount::numeric AS amount, j.idempotency_key, j.group_id, j.related_id, j.principal, j.metadata
FROM public.journal j
JOIN public.transaction_types y ON y.code = j.kind;
REVOKE ALL ON public.transactions FROM wallet_app;
