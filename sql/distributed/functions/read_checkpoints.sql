-- On several nodes: refuses, because checkpoints are made along commit order.
CREATE OR REPLACE FUNCTION public.read_checkpoints(p_limit integer, p_after bigint DEFAULT NULL)
RETURNS TABLE (
  number bigint, from_cursor text, to_cursor text, upto xid8, size bigint, root bytea, previous bytea,
  digest bytea, signed_at timestamptz, key_id text, signature bytea, anchored boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  PERFORM public.refuse('NOT_ON_SEVERAL_NODES', jsonb_build_object('what', 'checkpoints'));
END $$;
GRANT EXECUTE ON FUNCTION public.read_checkpoints TO wallet_reader, wallet_app;
