-- A refusal from its text. Values of the ledger's own types cannot be sent to another node, texts can.
CREATE OR REPLACE FUNCTION public.refusal_of(p_text text) RETURNS public.refusal
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN p_text::public.refusal;
END $$;
