-- Keeps an administrative act, in the transaction of the act. p_home: of the account; 0 of an asset.
CREATE OR REPLACE FUNCTION public.record_act(
  p_home integer, p_account_id bigint, p_asset_type_id integer, p_act text, p_principal text, p_reason text,
  p_before jsonb, p_after jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO public.administrative_acts (home, account_id, asset_type_id, act, principal, reason, before,
    after)
  VALUES (p_home, p_account_id, p_asset_type_id, p_act, p_principal, p_reason, p_before, p_after)
$$;
