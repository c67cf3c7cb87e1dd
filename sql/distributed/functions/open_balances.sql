-- On several nodes: makes the balances of accounts in assets where they are missing, by statements of one
-- row. The parameters and the answer are those of the function for one node, and so is the reason for the
-- update of the account.
CREATE OR REPLACE FUNCTION public.open_balances(p_homes integer[], p_handles text[], p_asset_codes text[])
  RETURNS public.refusal[]
LANGUAGE plpgsql AS $$
DECLARE
  v_refusals public.refusal[] := array_fill(NULL::public.refusal, ARRAY[cardinality(p_homes)]);
  v_home integer;
  v_handle text;
  v_account public.user_accounts;
  v_account_id bigint;
  v_asset public.asset_types;
BEGIN
  FOR v_at IN 1 .. cardinality(p_homes) LOOP
    v_home := p_homes[v_at];
    v_handle := p_handles[v_at];
    v_account := NULL;
    IF v_handle LIKE '$%' THEN
      v_account_id := (SELECT y.id FROM public.system_accounts y WHERE y.handle = v_handle);
    ELSE
      PERFORM public.require_transaction(v_home, v_handle);
      SELECT * INTO v_account FROM public.user_accounts a WHERE a.home = v_home AND a.handle = v_handle
      FOR NO KEY UPDATE NOWAIT;
      UPDATE public.user_accounts a SET status = a.status WHERE a.home = v_home AND a.handle = v_handle;
      v_account_id := v_account.id;
    END IF;
    SELECT * INTO v_asset FROM public.asset_types t WHERE t.code = p_asset_codes[v_at];
    IF v_account_id IS NULL THEN
      v_refusals[v_at] := ROW('USER_NOT_FOUND', jsonb_build_object('userId', v_handle));
    ELSIF v_asset.id IS NULL THEN
      v_refusals[v_at] := ROW('ASSET_NOT_FOUND', jsonb_build_object('assetCode', p_asset_codes[v_at]));
    ELSE
      INSERT INTO public.balances (
        home, asset_type_id, account_id, balance, handle, asset_code, scale, status, lots, burn_order)
      VALUES (
        v_home, v_asset.id, v_account_id, round(0, v_asset.scale), v_handle, v_asset.code, v_asset.scale,
        coalesce(v_account.status, 'active'),
        CASE WHEN v_account_id > 0 AND v_asset.burn_order IS NOT NULL THEN '{}'::public.lot[] END,
        CASE WHEN v_account_id > 0 THEN v_asset.burn_order END)
      ON CONFLICT DO NOTHING;
    END IF;
  END LOOP;
  RETURN v_refusals;
END $$;
