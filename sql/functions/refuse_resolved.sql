-- The 409 for a hold that can no longer be captured or voided. Expiry is by the database's clock, swept or not.
CREATE OR REPLACE FUNCTION public.refuse_resolved(p_hold public.holds) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF p_hold.status = 'captured' THEN
    PERFORM public.refuse('W409H', 'the hold was captured');
  ELSIF p_hold.status = 'voided' THEN
    PERFORM public.refuse('W409D', 'the hold was voided');
  ELSIF p_hold.status = 'expired' OR p_hold.expires_at <= clock_timestamp() THEN
    PERFORM public.refuse('W409E', 'the hold has expired');
  END IF;
END $$;
