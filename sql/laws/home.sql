-- Every row lies in its home: the one that its id ends with, and that its players' handles give.
CREATE OR REPLACE FUNCTION public.law_home(p_after xid8)
RETURNS TABLE (home integer, account_id bigint, asset_type_id integer, about jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT j.home, greatest(j.debit_account_id, j.credit_account_id), j.asset_type_id,
      jsonb_build_object('transactionId', j.id, 'home', j.home)
    FROM public.journal j
    WHERE j.xact >= coalesce(p_after, '0') AND (j.home <> public.home_of_id(j.id)
      OR j.debit_account_id > 0 AND j.debit_account_id >> 48 <> j.home
      OR j.credit_account_id > 0 AND j.credit_account_id >> 48 <> j.home)
    UNION ALL
    SELECT a.home, a.id, NULL::integer, jsonb_build_object('home', a.home) FROM public.user_accounts a
    WHERE p_after IS NULL AND (a.home <> public.home_of(a.handle) OR a.id >> 48 <> a.home);
END $$;
