-- What each element of a batch would leave behind, posted one by one in their order: both running balances, and the rule that it breaks
-- (fault: its SQLSTATE), decided in the order of the catalogue. The balances are locked. p_replays: by position, the transaction that an
-- element repeats, or the zero uuid where its key was used by another request; a replay moves nothing and is not answered.
-- Balances are looked up one by one (LATERAL, OFFSET 0): in a join all of the treasury's were read for each element.
CREATE OR REPLACE FUNCTION public.compute_batch(p_elements public.batch_element[], p_replays uuid[])
RETURNS TABLE (
  "position" integer, created_at timestamptz, debit_balance numeric, debit_seq bigint, debit_held numeric, credit_balance numeric, credit_seq bigint,
  fault text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT p.position, p.created_at, p.balance, p.seq, p.held::numeric, p.credit_balance, p.credit_seq,
      CASE
        WHEN p_replays[p.position + 1] IS NOT NULL THEN 'W422K'
        WHEN p.debit_status = 'frozen' THEN 'W409F'
        WHEN p.debit_status = 'closed' OR p.credit_status = 'closed' THEN 'W409C'
        WHEN p.type = 'TRANSFER' AND NOT p.transferable THEN 'W409T'
        WHEN scale(p.amount) > p.scale THEN 'W422P'
        WHEN p.debit_id = p.credit_id THEN 'W422S'
        WHEN p.debit_is_user AND p.balance < p.held THEN 'W422F'
        WHEN p.credit_is_user AND p.credit_balance >= 10::numeric ^ (15 - p.scale) THEN 'W422B'
      END
    FROM (
      SELECT r.*, lead(r.balance) OVER sides AS credit_balance, lead(r.seq) OVER sides AS credit_seq
      FROM (
        SELECT e.*, side.is_credit, b.held, b.balance + sum(side.delta) OVER steps AS balance, b.entry_count + row_number() OVER steps AS seq,
          greatest(statement_timestamp(), max(b.last_entry_at) OVER () + interval '1 microsecond') + e.position * interval '1 microsecond' AS created_at
        FROM unnest(p_elements) AS e
        CROSS JOIN LATERAL (VALUES
          (false, e.debit_id, e.debit_stripe, -e.amount),
          (true, e.credit_id, e.credit_stripe, e.amount)) AS side(is_credit, account_id, stripe, delta)
        CROSS JOIN LATERAL (
          SELECT * FROM public.balances b
          WHERE b.account_id = side.account_id AND b.asset_type_id = e.asset_id AND b.stripe = side.stripe
          OFFSET 0) AS b
        WHERE coalesce(p_replays[e.position + 1], '00000000-0000-0000-0000-000000000000') = '00000000-0000-0000-0000-000000000000'
        WINDOW steps AS (PARTITION BY b.account_id, b.asset_type_id, b.stripe ORDER BY e.position, side.is_credit)) AS r
      WINDOW sides AS (PARTITION BY r.position ORDER BY r.is_credit)) AS p
    WHERE NOT p.is_credit
    ORDER BY p.position;
END $$;
