-- A hold as it stands now: one past its time is expired, swept or not. captured: what was spent of it.
-- Refuses a hold that does not exist.
CREATE OR REPLACE FUNCTION public.read_hold(
  p_home integer, p_hold_id uuid,
  OUT hold_id uuid, OUT user_id text, OUT asset_code text, OUT amount numeric, OUT status public.hold_status,
  OUT created_at timestamptz, OUT expires_at timestamptz, OUT transaction_id uuid, OUT captured numeric,
  OUT metadata jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_hold public.holds := public.find_hold(p_home, p_hold_id);
BEGIN
  SELECT s.* INTO hold_id, user_id, asset_code, amount, status, created_at, expires_at, transaction_id,
    captured, metadata
  FROM public.hold_state(v_hold) AS s;
END $$;
GRANT EXECUTE ON FUNCTION public.read_hold TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_hold IS 'Nullable: transaction_id, captured';
