-- The horizon, and the epoch that cursors of now are of; null where there is no commit order.
CREATE OR REPLACE FUNCTION public.read_horizon(OUT horizon xid8, OUT epoch bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT public.horizon(), (SELECT max(e.id) FROM public.epochs e)
$$;
GRANT EXECUTE ON FUNCTION public.read_horizon TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_horizon IS 'Nullable: epoch';
