-- A hold as it stands now: one past its time is expired, swept or not. captured: what was spent of it. Raises W404H.
CREATE OR REPLACE FUNCTION public.read_hold(
  p_hold_id uuid,
  OUT hold_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT status public.hold_status, OUT created_at timestamptz,
  OUT expires_at timestamptz, OUT transaction_id uuid, OUT captured numeric, OUT metadata jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_hold public.holds := public.find_hold(p_hold_id);
BEGIN
  SELECT v_hold.id, a.handle, s.code, v_hold.amount,
    CASE WHEN v_hold.status = 'active' AND v_hold.expires_at <= clock_timestamp() THEN 'expired' ELSE v_hold.status END,
    v_hold.created_at, v_hold.expires_at, v_hold.transaction_id, t.amount, j.metadata
  INTO hold_id, user_id, asset_code, amount, status, created_at, expires_at, transaction_id, captured, metadata
  FROM public.accounts a
  JOIN public.asset_types s ON s.id = v_hold.asset_type_id
  JOIN public.journal j ON j.id = v_hold.id
  LEFT JOIN public.journal t ON t.id = v_hold.transaction_id
  WHERE a.id = v_hold.account_id;
END $$;
GRANT EXECUTE ON FUNCTION public.read_hold TO wallet_reader, wallet_app;
