-- Books what has expired of a balance that this transaction has locked, and releases its expired holds first.
CREATE OR REPLACE FUNCTION public.book_expired(p_home integer, p_handle text, p_asset_code text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WHILE public.refresh_lots(public.lock_balance(p_home, p_handle, p_asset_code), clock_timestamp()) LOOP
  END LOOP;
END $$;
