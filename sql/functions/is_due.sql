-- Whether a subscriber may be told now, and nobody is telling it.
CREATE OR REPLACE FUNCTION public.is_due(p_subscriber public.subscribers) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN p_subscriber.enabled AND p_subscriber.next_try_at <= clock_timestamp()
    AND p_subscriber.leased_until <= clock_timestamp();
END $$;
