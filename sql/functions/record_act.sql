-- Keeps an administrative act, and tells what it changed, in the transaction of the act, when the account or
-- asset is as the act left it. p_home: of the account; 0 of an asset. (open_accounts does it for many.)
CREATE OR REPLACE FUNCTION public.record_act(
  p_home integer, p_account_id bigint, p_asset_type_id integer, p_act text, p_principal text, p_reason text,
  p_before jsonb, p_after jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.administrative_acts (home, account_id, asset_type_id, act, principal, reason, before,
    after)
  VALUES (p_home, p_account_id, p_asset_type_id, p_act, p_principal, p_reason, p_before, p_after);
  INSERT INTO public.changes (home, type, data)
  SELECT p_home,
    'wallet.account.changed'::public.event_type, public.account_data(ROW(a.*)::public.user_accounts)
  FROM public.user_accounts a WHERE a.home = p_home AND a.id = p_account_id
  UNION ALL
  SELECT p_home, 'wallet.asset.changed', public.asset_data(ROW(t.*)::public.asset_types)
  FROM public.asset_types t WHERE t.id = p_asset_type_id;
END $$;
