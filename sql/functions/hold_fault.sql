-- Why a hold can no longer be captured or voided; null when it can. Expiry is by the database's clock, swept
-- or not.
CREATE OR REPLACE FUNCTION public.hold_fault(p_hold public.holds) RETURNS public.fault
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN p_hold.status = 'captured' THEN 'HOLD_CAPTURED'
    WHEN p_hold.status = 'voided' THEN 'HOLD_VOIDED'
    WHEN p_hold.status = 'expired' OR p_hold.expires_at <= statement_timestamp() THEN 'HOLD_EXPIRED'
  END::public.fault
$$;
