-- The status of a hold as it stands now: one past its time is expired, swept or not.
CREATE OR REPLACE FUNCTION public.hold_status_now(p_hold public.holds) RETURNS public.hold_status
LANGUAGE sql VOLATILE AS $$
  SELECT CASE WHEN p_hold.status = 'active' AND p_hold.expires_at <= clock_timestamp() THEN 'expired'
    ELSE p_hold.status END
$$;
