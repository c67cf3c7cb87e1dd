-- Every asset, in the order of creation.
CREATE OR REPLACE FUNCTION public.read_assets() RETURNS TABLE (data json)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT public.asset_data(ROW(t.*)::public.asset_types) FROM public.asset_types t ORDER BY t.id
$$;
GRANT EXECUTE ON FUNCTION public.read_assets TO wallet_reader, wallet_app;
