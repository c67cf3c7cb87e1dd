-- By position, what the elements of a batch repeat: the transaction that their key posted, or that an element before them in the batch is
-- about to; the zero uuid where that was another request; null where the key is new.
CREATE OR REPLACE FUNCTION public.match_keys(p_elements public.batch_element[]) RETURNS uuid[]
LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT array_agg(
      CASE
        WHEN coalesce(j.request_hash, m.first_hash) <> m.hash THEN '00000000-0000-0000-0000-000000000000'
        WHEN j.id IS NOT NULL THEN j.id
        WHEN m.first_id <> m.id THEN m.first_id
      END ORDER BY m.position)
    FROM (
      SELECT e.*, first_value(e.id) OVER same AS first_id, first_value(e.hash) OVER same AS first_hash
      FROM unnest(p_elements) AS e
      WINDOW same AS (PARTITION BY e.key ORDER BY e.position)) AS m
    LEFT JOIN public.journal j ON j.idempotency_key = m.key);
END $$;
