-- Every asset, in the order of creation.
CREATE OR REPLACE FUNCTION public.read_assets()
  RETURNS TABLE (code text, name text, scale integer, transferable boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT t.code, t.name, t.scale::integer, t.transferable FROM public.asset_types t ORDER BY t.id
$$;
GRANT EXECUTE ON FUNCTION public.read_assets TO wallet_reader, wallet_app;
