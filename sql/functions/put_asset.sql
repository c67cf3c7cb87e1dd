-- Makes an asset, or changes its name and transferability. Its scale is fixed once created. p_transferable
-- null leaves an asset as it is; a new one is not transferable. act names what was done, and is recorded with
-- principal and reason. It is null when nothing had to change.
CREATE OR REPLACE FUNCTION public.put_asset(
  p_code text, p_name text, p_scale integer, p_transferable boolean DEFAULT NULL,
  p_principal text DEFAULT NULL,
  p_reason text DEFAULT NULL,
  OUT code text, OUT name text, OUT scale integer, OUT transferable boolean, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction();
  v_id integer;
  v_before public.asset_types;
BEGIN
  INSERT INTO public.asset_types AS t (code, name, scale, transferable)
  VALUES (p_code, p_name, p_scale, coalesce(p_transferable, false))
  ON CONFLICT (code) DO NOTHING
  RETURNING t.id INTO v_id;
  IF FOUND THEN
    act := 'CREATED';
  ELSE
    SELECT * INTO v_before FROM public.asset_types t WHERE t.code = p_code FOR UPDATE NOWAIT;
    IF v_before.scale <> p_scale THEN
      PERFORM public.refuse('ASSET_SCALE_FIXED',
        jsonb_build_object('assetCode', p_code, 'scale', v_before.scale));
    END IF;
    v_id := v_before.id;
    p_transferable := coalesce(p_transferable, v_before.transferable);
    IF (p_name, p_transferable) <> (v_before.name, v_before.transferable) THEN
      act := 'CHANGED';
      UPDATE public.asset_types t SET name = p_name, transferable = p_transferable WHERE t.id = v_id;
    END IF;
  END IF;
  SELECT t.code, t.name, t.scale, t.transferable INTO code, name, scale, transferable
  FROM public.asset_types t WHERE t.id = v_id;
  IF act IS NOT NULL THEN
    PERFORM public.record_act(
      0, NULL, v_id, act, p_principal, p_reason,
      CASE WHEN act = 'CHANGED' THEN jsonb_build_object('name', v_before.name, 'transferable',
        v_before.transferable) END,
      jsonb_build_object('name', name, 'scale', scale, 'transferable', transferable));
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.put_asset TO wallet_app;
COMMENT ON FUNCTION public.put_asset IS 'Nullable: act';
