-- Writes a computed batch: its rows of the journal, which claim their keys, and its balances. Returns the first fault, having written
-- nothing; a position of -1: some key was used before. Else what each left, in their order without the replays.
DROP FUNCTION IF EXISTS public.write_batch(public.batch_element[], uuid[], uuid, text);
CREATE OR REPLACE FUNCTION public.write_batch(
  p_elements public.batch_element[], p_replays uuid[], p_group_id uuid, p_principal text,
  OUT "position" integer, OUT fault text, OUT details jsonb, OUT debit_balances numeric[], OUT credit_balances numeric[], OUT times timestamptz[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_claimed bigint;
  v_wanted bigint;
BEGIN
  WITH computed AS MATERIALIZED (
    SELECT * FROM public.compute_batch(p_elements, p_replays)
  ), first_fault AS MATERIALIZED (
    SELECT c.position, c.fault, c.debit_balance, c.debit_held FROM computed c WHERE c.fault IS NOT NULL ORDER BY c.position LIMIT 1
  ), claimed AS (
    INSERT INTO public.journal (
      id, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq, asset_type_id, type, debit_stripe, credit_stripe,
      amount, debit_balance, credit_balance, idempotency_key, request_hash, group_id, principal, metadata)
    SELECT e.id, c.created_at, e.debit_id, c.debit_seq, e.credit_id, c.credit_seq, e.asset_id, e.type::public.transaction_type, e.debit_stripe, e.credit_stripe,
      e.amount, c.debit_balance, c.credit_balance, e.key, e.hash, p_group_id, p_principal, coalesce(e.metadata, '{}')
    FROM computed c JOIN unnest(p_elements) AS e ON e.position = c.position
    WHERE NOT EXISTS (SELECT FROM first_fault)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING 1
  ), moved AS (
    UPDATE public.balances b SET balance = last.balance, entry_count = last.seq, last_entry_at = last.created_at
    FROM (
      SELECT DISTINCT ON (side.account_id, e.asset_id, side.stripe) side.*, e.asset_id, c.created_at
      FROM computed c JOIN unnest(p_elements) AS e ON e.position = c.position
      CROSS JOIN LATERAL (VALUES
        (e.debit_id, e.debit_stripe, c.debit_balance, c.debit_seq),
        (e.credit_id, e.credit_stripe, c.credit_balance, c.credit_seq)) AS side(account_id, stripe, balance, seq)
      ORDER BY side.account_id, e.asset_id, side.stripe, side.seq DESC) AS last
    -- ANY, so that each is looked up by the index: with = the planner would rather read all balances when they are few, and two batches conflict.
    WHERE b.account_id = ANY (ARRAY[last.account_id]) AND b.asset_type_id = ANY (ARRAY[last.asset_id]) AND b.stripe = ANY (ARRAY[last.stripe])
      AND NOT EXISTS (SELECT FROM first_fault)
  )
  SELECT (SELECT count(*) FROM claimed), (SELECT count(*) FROM computed), f.position, f.fault, CASE f.fault
    WHEN 'W422F' THEN jsonb_build_object(
      'available', f.debit_balance + (p_elements[f.position + 1]).amount - f.debit_held, 'required', (p_elements[f.position + 1]).amount)
    ELSE '{}' END,
    (SELECT array_agg(c.debit_balance ORDER BY c.position) FROM computed c), (SELECT array_agg(c.credit_balance ORDER BY c.position) FROM computed c),
    (SELECT array_agg(c.created_at ORDER BY c.position) FROM computed c)
  INTO v_claimed, v_wanted, position, fault, details, debit_balances, credit_balances, times
  FROM (SELECT) AS one LEFT JOIN first_fault f ON true;
  IF fault IS NULL AND v_claimed < v_wanted THEN
    RAISE EXCEPTION USING ERRCODE = 'WUSED';
  END IF;
EXCEPTION WHEN SQLSTATE 'WUSED' THEN
  position := -1;
END $$;
