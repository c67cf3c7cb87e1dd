-- Balances that hold a lot which has expired and is not booked, p_limit at most: for expire_balances.
CREATE OR REPLACE FUNCTION public.find_lapsed(p_limit integer)
RETURNS TABLE (home integer, user_id text, asset_code text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT b.home, b.handle, b.asset_code FROM public.balances b
    WHERE b.next_expiry <= clock_timestamp()
    ORDER BY b.next_expiry
    LIMIT p_limit;
END $$;
GRANT EXECUTE ON FUNCTION public.find_lapsed TO wallet_reader, wallet_app;
