-- The transactions of a group, in the order in which they were posted, as read_transaction gives them.
-- Refuses a group that does not exist.
CREATE OR REPLACE FUNCTION public.read_group(p_group_id uuid)
RETURNS TABLE (data json, spent numeric, unspent numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  v_transaction record;
BEGIN
  FOR v_transaction IN
    SELECT j.home, j.id FROM public.journal j WHERE j.group_id = p_group_id ORDER BY j.created_at, j.id
  LOOP
    SELECT t.data, t.spent, t.unspent INTO data, spent, unspent
    FROM public.read_transaction(v_transaction.home, v_transaction.id) AS t;
    RETURN NEXT;
  END LOOP;
  IF data IS NULL THEN
    PERFORM public.refuse('GROUP_NOT_FOUND', jsonb_build_object('id', p_group_id));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.read_group TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_group IS 'Nullable: spent, unspent';
