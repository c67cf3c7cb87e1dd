-- Every asset, in the order of creation. burn_order, refund_grace_seconds and paid_expires: of one with lots.
CREATE OR REPLACE FUNCTION public.read_assets()
RETURNS TABLE (
  code text, name text, scale integer, transferable boolean, burn_order public.burn_order,
  refund_grace_seconds integer, paid_expires boolean)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT t.code, t.name, t.scale::integer, t.transferable, t.burn_order, t.refund_grace_seconds,
    t.paid_expires
  FROM public.asset_types t ORDER BY t.id
$$;
GRANT EXECUTE ON FUNCTION public.read_assets TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_assets IS 'Nullable: burn_order, refund_grace_seconds, paid_expires';
