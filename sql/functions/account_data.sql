-- A player's account, in the fields of its reply.
CREATE OR REPLACE FUNCTION public.account_data(p_account public.user_accounts) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object('userId', p_account.handle, 'name', p_account.name, 'status', p_account.status,
    'createdAt', public.iso_time(p_account.created_at))
$$;
