-- Which rows of the journal to add to the totals next: from the number `counted` says to below another, the
-- horizon at most, p_limit rows or little more.
CREATE OR REPLACE FUNCTION public.find_uncounted(p_limit integer, OUT counted xid8, OUT below xid8)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  SELECT c.upto INTO counted FROM public.counted c;
  below := coalesce((
    SELECT public.lifted(j.xact, 1) FROM public.journal j
    WHERE j.xact >= counted AND j.debit_account_id IS NOT NULL
    ORDER BY j.xact OFFSET p_limit LIMIT 1), public.horizon());
  below := greatest(counted, least(below, public.horizon()));
END $$;
GRANT EXECUTE ON FUNCTION public.find_uncounted TO wallet_reader;
