-- What is told of a hold, as it stands now.
CREATE OR REPLACE FUNCTION public.hold_state(p_hold public.holds)
RETURNS TABLE (
  hold_id uuid, user_id text, asset_code text, amount numeric, status public.hold_status,
  created_at timestamptz,
  expires_at timestamptz, transaction_id uuid, captured numeric, metadata jsonb)
LANGUAGE sql STABLE AS $$
  SELECT p_hold.id, public.handle_of(p_hold.home, p_hold.account_id), s.code, p_hold.amount::numeric,
    CASE WHEN p_hold.status = 'active' AND p_hold.expires_at <= clock_timestamp() THEN 'expired'
      ELSE p_hold.status END,
    p_hold.created_at, p_hold.expires_at, p_hold.transaction_id, t.amount::numeric, j.metadata
  FROM public.asset_types s
  JOIN public.journal j ON j.home = p_hold.home AND public.claim_of(j.id) = public.claim_of(p_hold.id)
  LEFT JOIN public.journal t ON t.home = p_hold.home
    AND public.claim_of(t.id) = public.claim_of(p_hold.transaction_id)
  WHERE s.id = p_hold.asset_type_id
$$;
