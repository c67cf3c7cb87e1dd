-- When the first of these lots expires; null when none does.
CREATE OR REPLACE FUNCTION public.next_expiry(p_lots public.lot[]) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  v_lot public.lot;
  v_next timestamptz;
BEGIN
  FOREACH v_lot IN ARRAY p_lots LOOP
    v_next := least(v_next, v_lot.expires_at);
  END LOOP;
  RETURN v_next;
END $$;
