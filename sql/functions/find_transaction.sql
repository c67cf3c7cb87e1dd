-- A transaction by its id, in the home that its id ends with. Refuses when there is none.
CREATE OR REPLACE FUNCTION public.find_transaction(p_home integer, p_id uuid) RETURNS public.journal
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_transaction public.journal;
BEGIN
  SELECT * INTO v_transaction FROM public.journal j
  WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(p_id) AND j.id = p_id
    AND j.debit_account_id IS NOT NULL;
  IF NOT FOUND THEN
    PERFORM public.refuse('TRANSACTION_NOT_FOUND', jsonb_build_object('id', p_id));
  END IF;
  RETURN v_transaction;
END $$;
