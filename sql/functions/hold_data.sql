-- A hold with this status, in the fields of its reply. capturedAmount: what was spent of it.
CREATE OR REPLACE FUNCTION public.hold_data(p_hold public.holds, p_status public.hold_status) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_spent numeric;
BEGIN
  IF p_status = 'captured' THEN
    v_spent := (
      SELECT t.amount FROM public.journal t
      WHERE t.home = p_hold.home AND public.claim_of(t.id) = public.claim_of(p_hold.transaction_id));
  END IF;
  RETURN (
    SELECT json_build_object(
      'holdId', p_hold.id, 'userId', public.handle_of(p_hold.home, p_hold.account_id), 'assetCode', s.code,
      'amount', p_hold.amount, 'status', p_status, 'expiresAt', public.iso_time(p_hold.expires_at),
      'capturedAmount', v_spent,
      'transactionId', CASE WHEN v_spent IS NOT NULL THEN p_hold.transaction_id END, 'metadata', j.metadata,
      'createdAt', public.iso_time(p_hold.created_at))
    FROM public.asset_types s, public.journal j
    WHERE s.id = p_hold.asset_type_id
      AND j.home = p_hold.home AND public.claim_of(j.id) = public.claim_of(p_hold.id));
END $$;
