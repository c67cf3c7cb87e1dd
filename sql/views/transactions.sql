-- One row per business event.
CREATE OR REPLACE VIEW public.transactions AS
SELECT j.id, j.created_at, j.asset_type_id, y.id AS transaction_type_id, 'completed'::public.transaction_status AS status,
  j.amount::numeric AS amount, j.idempotency_key, j.group_id, j.principal, j.metadata
FROM public.journal j
JOIN public.transaction_types y ON y.code = j.type; -- Which a hold is not: its row only claims a key.
