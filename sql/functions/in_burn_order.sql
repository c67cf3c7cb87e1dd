-- Whether lots lie in the order in which they burn.
CREATE OR REPLACE FUNCTION public.in_burn_order(p_lots public.lot[], p_order public.burn_order) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  FOR v_i IN 2 .. coalesce(cardinality(p_lots), 0) LOOP
    IF public.burn_key(p_order, p_lots[v_i]) < public.burn_key(p_order, p_lots[v_i - 1]) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;
