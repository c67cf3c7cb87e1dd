-- A page of a player's entries with their transactions, newest first. p_before_at and p_before_id are the
-- last row of the page before: rows at or after it stay out, however many post meanwhile. Each asset's newest
-- rows come off its own stretches of the journal's two indexes, merged, so a page by cursor costs the same at
-- any depth (an offset is walked over, and so is whatever the kind filter leaves out).
-- p_from and p_to are inclusive, to the millisecond that callers see. Refuses an unknown player or asset.
CREATE OR REPLACE FUNCTION public.read_history(
  p_home integer, p_user_id text, p_limit integer, p_offset integer DEFAULT 0,
  p_before_at timestamptz DEFAULT NULL,
  p_before_id uuid DEFAULT NULL, p_asset_code text DEFAULT NULL, p_kind text DEFAULT NULL,
  p_from timestamptz DEFAULT NULL, p_to timestamptz DEFAULT NULL)
RETURNS TABLE (
  id uuid, kind text, kind_name text, asset text, asset_code text, amount numeric,
  entry_type public.entry_type,
  running_balance numeric, metadata jsonb, created_at timestamptz, cursor_micros text, lots jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_account public.user_accounts := public.find_account(p_home, p_user_id);
  v_known boolean := p_asset_code IS NULL OR public.find_asset(p_asset_code) IS NOT NULL;
  v_from timestamptz := coalesce(p_from, '-infinity');
  v_before timestamptz := least(p_before_at, coalesce(p_to + interval '1 millisecond', 'infinity'));
  v_before_id uuid := CASE WHEN v_before = p_before_at THEN p_before_id
    ELSE '00000000-0000-0000-0000-000000000000' END;
BEGIN
  RETURN QUERY
    SELECT e.transaction_id, e.kind, y.name, s.name, s.code, e.amount, e.entry_type, e.running_balance,
      e.metadata,
      e.created_at, (extract(epoch FROM e.created_at) * 1000000)::bigint::text,
      to_jsonb(CASE WHEN e.entry_type = 'debit' OR e.lots IS NULL THEN e.lots
        ELSE public.made_lots(e.lots, e.amount, e.running_balance) END)
    FROM public.balances b
    JOIN public.asset_types s ON s.id = b.asset_type_id
    CROSS JOIN LATERAL (
      SELECT * FROM public.ledger_entries e
      WHERE e.home = p_home AND e.account_id = b.account_id AND e.account_id > 0
        AND e.asset_type_id = b.asset_type_id
        AND e.created_at >= v_from AND e.created_at <= v_before
        AND (e.created_at, e.transaction_id) < (v_before, v_before_id)
        AND (p_kind IS NULL OR e.kind = p_kind)
      ORDER BY e.created_at DESC
      LIMIT p_offset + p_limit) e
    JOIN public.kinds y ON y.code = e.kind
    WHERE b.home = p_home AND b.handle = p_user_id AND (p_asset_code IS NULL OR b.asset_code = p_asset_code)
    ORDER BY e.created_at DESC, e.transaction_id DESC
    LIMIT p_limit OFFSET p_offset;
END $$;
GRANT EXECUTE ON FUNCTION public.read_history TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_history IS 'Nullable: lots';
