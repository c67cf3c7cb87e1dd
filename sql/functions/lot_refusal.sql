-- Why a credit may not make this lot; null when it may.
CREATE OR REPLACE FUNCTION public.lot_refusal(p_lot public.lot, p_asset_type_id integer, p_at timestamptz)
  RETURNS public.refusal
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_lot.expires_at IS NULL THEN
    RETURN NULL;
  ELSIF p_lot.expires_at <= p_at THEN
    RETURN ROW('VALIDATION_ERROR', jsonb_build_object(
      'path', 'expiresAt', 'rule', 'must lie in the future'))::public.refusal;
  ELSIF p_lot.origin = 'paid' THEN
    PERFORM FROM public.asset_types s WHERE s.id = p_asset_type_id AND s.paid_expires;
    IF NOT FOUND THEN
      RETURN ROW('PAID_CREDITS_DO_NOT_EXPIRE', '{}')::public.refusal;
    END IF;
  END IF;
  RETURN NULL;
END $$;
