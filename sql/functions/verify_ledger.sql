-- Holds the ledger against itself, in one snapshot and without a lock: what was posted since p_since (null: everything), and all balances
-- and holds that it touched. Answers counts, and each discrepancy with its ids. A transaction has two entries of one asset and amount, and
-- one key, by construction of the journal; the rest is checked here.
-- A chain's first entry since p_since is checked against the one before it where that is found by an index: on users' accounts.
CREATE OR REPLACE FUNCTION public.verify_ledger(p_since timestamptz, OUT snapshot_at timestamptz, OUT checked jsonb, OUT discrepancies jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  -- Finds what was posted since by the primary key (an index of times cost 4 to 5 % of a posting): ids are version 7 uuids, which begin with
  -- the milliseconds of their making, by the service's clock; an hour is for clocks that differ.
  v_first uuid := CASE WHEN p_since IS NULL THEN '00000000-0000-0000-0000-000000000000'
    ELSE (lpad(to_hex((extract(epoch FROM p_since - interval '1 hour') * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid END;
BEGIN
  snapshot_at := statement_timestamp();
  WITH entry AS MATERIALIZED (
    SELECT e.*, CASE e.entry_type WHEN 'credit' THEN e.amount ELSE -e.amount END AS delta,
      lag(e.seq) OVER chain AS seq_before, lag(e.running_balance) OVER chain AS balance_before, lag(e.created_at) OVER chain AS time_before,
      lead(e.seq) OVER chain IS NULL AS is_last
    FROM public.ledger_entries e
    -- Times rise along each chain, so the cut leaves a gapless end of it.
    WHERE e.transaction_id >= v_first AND e.created_at >= coalesce(p_since, '-infinity')
    WINDOW chain AS (PARTITION BY e.account_id, e.asset_type_id, e.stripe ORDER BY e.seq)
  ), link AS (
    SELECT e.*, coalesce(e.seq_before, before.seq, 0) AS previous_seq, coalesce(e.balance_before, before.running_balance, 0) AS previous_balance,
      coalesce(e.time_before, before.created_at, '-infinity') AS previous_time
    FROM entry e
    LEFT JOIN LATERAL (
      SELECT o.seq, o.running_balance, o.created_at FROM public.ledger_entries o
      WHERE p_since IS NOT NULL AND e.seq_before IS NULL AND e.stripe = 0
        AND o.account_id = e.account_id AND o.asset_type_id = e.asset_type_id AND o.stripe = 0 AND o.created_at < e.created_at
      ORDER BY o.created_at DESC LIMIT 1) AS before ON true
    WHERE p_since IS NULL OR e.stripe = 0 OR e.seq_before IS NOT NULL
  ), found AS (
    SELECT 'conservation' AS "check", jsonb_build_object('assetCode', s.code, 'sum', sum(b.balance)::text) AS about
    FROM public.balances b JOIN public.asset_types s ON s.id = b.asset_type_id GROUP BY s.code HAVING sum(b.balance) <> 0
    UNION ALL
    SELECT 'chain', jsonb_build_object('transactionId', l.transaction_id, 'accountId', l.account_id::text, 'entryType', l.entry_type, 'seq', l.seq,
      'runningBalance', l.running_balance::text, 'expected', (l.previous_balance + l.delta)::text, 'previousSeq', l.previous_seq)
    FROM link l WHERE l.running_balance <> l.previous_balance + l.delta OR l.seq <> l.previous_seq + 1
    UNION ALL
    SELECT 'time', jsonb_build_object('transactionId', l.transaction_id, 'accountId', l.account_id::text)
    FROM link l WHERE l.stripe = 0 AND l.created_at <= l.previous_time
    UNION ALL
    SELECT 'cache', jsonb_build_object('accountId', coalesce(e.account_id, b.account_id)::text, 'assetTypeId', coalesce(e.asset_type_id, b.asset_type_id),
      'stripe', coalesce(e.stripe, b.stripe), 'cached', b.balance::text, 'entries', coalesce(e.running_balance, 0)::text,
      'cachedCount', b.entry_count, 'entryCount', coalesce(e.seq, 0))
    FROM (SELECT * FROM entry WHERE is_last) AS e
    FULL JOIN public.balances b ON b.account_id = e.account_id AND b.asset_type_id = e.asset_type_id AND b.stripe = e.stripe
    WHERE (b.balance, b.entry_count) IS DISTINCT FROM (coalesce(e.running_balance, 0), coalesce(e.seq, 0))
      -- The balance says that it was posted to since then, by the database's clock, but no entry of it was found: the clock of the service,
      -- which made the ids, is behind. This is reported, and the caller then looks at everything.
      AND (p_since IS NULL OR e.seq IS NOT NULL OR b.last_entry_at >= p_since)
    UNION ALL
    SELECT 'cache', jsonb_build_object('accountId', b.account_id::text, 'assetTypeId', b.asset_type_id, 'stripe', b.stripe,
      'handle', b.handle, 'status', b.status, 'assetCode', b.asset_code, 'scale', b.scale)
    FROM public.balances b
    LEFT JOIN public.accounts a ON a.id = b.account_id
    LEFT JOIN public.asset_types s ON s.id = b.asset_type_id
    WHERE (b.handle, b.status, b.asset_code, b.scale) IS DISTINCT FROM (a.handle, a.status, s.code, s.scale)
    UNION ALL
    SELECT 'account', jsonb_build_object('transactionId', e.transaction_id, 'accountId', e.account_id::text, 'entryType', e.entry_type)
    FROM entry e LEFT JOIN public.accounts a ON a.id = e.account_id LEFT JOIN public.asset_types s ON s.id = e.asset_type_id
    WHERE a.id IS NULL OR s.id IS NULL OR (a.type = 'user') <> (e.stripe = 0) OR scale(e.amount) > s.scale
    UNION ALL
    SELECT 'held', jsonb_build_object('accountId', b.account_id::text, 'assetTypeId', b.asset_type_id, 'held', b.held::text, 'holds', coalesce(h.amount, 0)::text)
    FROM public.balances b
    LEFT JOIN (
      SELECT h.account_id, h.asset_type_id, sum(h.amount) AS amount FROM public.holds h WHERE h.status = 'active' GROUP BY 1, 2) AS h
      ON h.account_id = b.account_id AND h.asset_type_id = b.asset_type_id AND b.stripe = 0
    WHERE b.held <> coalesce(h.amount, 0)
    UNION ALL
    SELECT 'related', jsonb_build_object('relatedId', r.related_id, 'type', r.type, 'sum', r.total::text)
    FROM (
      SELECT j.related_id, j.type, sum(j.amount) AS total, count(*) AS times FROM public.journal j
      WHERE j.type <> 'EXCHANGE' AND j.related_id IN (SELECT n.related_id FROM public.journal n WHERE n.related_id IS NOT NULL AND n.id >= v_first)
      GROUP BY 1, 2) AS r
    LEFT JOIN public.journal o ON o.id = r.related_id
    WHERE o.id IS NULL OR r.total > o.amount OR (r.type <> 'REFUND' AND r.times > 1)
    UNION ALL
    SELECT 'related', jsonb_build_object('transactionId', j.id, 'type', j.type, 'relatedId', j.related_id)
    FROM public.journal j
    LEFT JOIN public.journal o ON o.id = j.related_id
    WHERE j.id >= v_first AND CASE j.type
      WHEN 'REFUND' THEN (o.type, o.asset_type_id, o.debit_account_id, o.credit_account_id)
        IS DISTINCT FROM ('PURCHASE', j.asset_type_id, j.credit_account_id, j.debit_account_id)
      WHEN 'REVERSAL' THEN o.type IS NULL OR o.type NOT IN ('TOP_UP', 'BONUS') OR (o.asset_type_id, o.debit_account_id, o.credit_account_id)
        <> (j.asset_type_id, j.credit_account_id, j.debit_account_id)
      WHEN 'PURCHASE' THEN j.related_id IS NOT NULL AND (o.type, o.asset_type_id, o.debit_account_id)
        IS DISTINCT FROM ('HOLD', j.asset_type_id, j.debit_account_id)
      WHEN 'EXCHANGE' THEN CASE WHEN j.related_id IS NULL THEN NOT EXISTS (SELECT FROM public.journal s WHERE s.related_id = j.id AND s.type = 'EXCHANGE')
        ELSE (o.type, o.group_id) IS DISTINCT FROM ('EXCHANGE', j.group_id) END
      ELSE j.related_id IS NOT NULL END
    UNION ALL
    SELECT 'key', jsonb_build_object('transactionId', j.id) FROM public.journal j
    WHERE j.id >= v_first AND j.idempotency_key IS NULL AND (j.type <> 'EXCHANGE' OR j.related_id IS NULL)
    UNION ALL
    SELECT 'chart', jsonb_build_object('transactionId', j.id, 'type', j.type, 'debit', d.type, 'credit', c.type)
    FROM public.journal j
    JOIN public.accounts d ON d.id = j.debit_account_id
    JOIN public.accounts c ON c.id = j.credit_account_id
    WHERE j.id >= v_first AND j.type <> 'HOLD' AND (j.type::text, d.type::text, c.type::text) NOT IN (VALUES
      ('TOP_UP', 'treasury', 'user'), ('BONUS', 'bonus_pool', 'user'), ('PURCHASE', 'user', 'revenue'), ('TRANSFER', 'user', 'user'),
      ('REFUND', 'revenue', 'user'), ('REVERSAL', 'user', 'treasury'), ('REVERSAL', 'user', 'bonus_pool'),
      ('EXCHANGE', 'user', 'treasury'), ('EXCHANGE', 'treasury', 'user'))
    UNION ALL
    SELECT 'hold', jsonb_build_object('holdId', coalesce(h.id, j.id), 'status', h.status)
    FROM (SELECT * FROM public.journal WHERE type = 'HOLD') AS j
    FULL JOIN public.holds h ON h.id = j.id
    LEFT JOIN public.journal t ON t.related_id = coalesce(h.id, j.id)
    WHERE p_since IS NULL -- Their ids are random: to look for the new ones is to look at all.
      AND ((h.account_id, h.asset_type_id, h.amount::numeric) IS DISTINCT FROM (j.debit_account_id, j.asset_type_id, j.amount::numeric)
        OR (h.status = 'captured', h.transaction_id) IS DISTINCT FROM (t.id IS NOT NULL, t.id))
  )
  SELECT coalesce((
      -- The first thousand tell what happened; a million would not fit a reply.
      SELECT jsonb_agg(
        jsonb_build_object('check', n."check") || jsonb_strip_nulls(jsonb_build_object('userId', n.handle, 'assetCode', n.code)) || n.about)
      FROM (
        SELECT f."check", f.about, a.handle, s.code FROM found f
        LEFT JOIN public.journal j ON j.id = coalesce(f.about->>'transactionId', f.about->>'relatedId', f.about->>'holdId')::uuid
        LEFT JOIN public.asset_types s ON s.id = coalesce((f.about->>'assetTypeId')::integer, j.asset_type_id)
        LEFT JOIN LATERAL (
          SELECT a.handle FROM public.accounts a
          WHERE a.type = 'user' AND a.id = ANY (
            CASE WHEN f.about ? 'accountId' THEN ARRAY[(f.about->>'accountId')::bigint] ELSE ARRAY[j.debit_account_id, j.credit_account_id] END)
          LIMIT 1) AS a ON true
        LIMIT 1000) AS n), '[]'),
    jsonb_build_object(
      'transactions', (SELECT count(*) FROM entry WHERE entry_type = 'debit'), 'entries', (SELECT count(*) FROM entry),
      'balances', (SELECT count(*) FROM public.balances), 'holds', (SELECT count(*) FROM public.holds h WHERE h.status = 'active'),
      'assets', (SELECT count(*) FROM public.asset_types))
  INTO discrepancies, checked;
END $$;
GRANT EXECUTE ON FUNCTION public.verify_ledger TO wallet_reader;
