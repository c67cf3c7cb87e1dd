-- On several nodes: no totals are kept, so there is nothing to hold them against.
CREATE OR REPLACE FUNCTION public.law_totals(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
END $$;
