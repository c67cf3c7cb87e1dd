-- Makes an asset, or changes its name and its rules. Its scale, and whether it keeps lots, are fixed once
-- created. A rule that is null leaves an asset as it is; a new one is not transferable, and keeps lots only
-- with p_lots, in the burn order expiring-first, with a grace of seven days and paid credits that may expire,
-- unless told otherwise. act names what was done, and is recorded with principal and reason. It is null when
-- nothing had to change.
CREATE OR REPLACE FUNCTION public.put_asset(
  p_code text, p_name text, p_scale integer, p_transferable boolean DEFAULT NULL,
  p_principal text DEFAULT NULL, p_reason text DEFAULT NULL,
  p_lots boolean DEFAULT NULL, p_burn_order text DEFAULT NULL, p_refund_grace_seconds integer DEFAULT NULL,
  p_paid_expires boolean DEFAULT NULL,
  OUT data json, OUT act text
) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_before public.asset_types;
  v_after public.asset_types;
BEGIN
  INSERT INTO public.asset_types AS t (
    code, name, scale, transferable, burn_order, refund_grace_seconds, paid_expires)
  VALUES (
    p_code, p_name, p_scale, coalesce(p_transferable, false),
    CASE WHEN p_lots THEN coalesce(p_burn_order, 'expiring-first')::public.burn_order END,
    CASE WHEN p_lots THEN coalesce(p_refund_grace_seconds, 604800) END,
    CASE WHEN p_lots THEN coalesce(p_paid_expires, true) END)
  ON CONFLICT (code) DO NOTHING
  RETURNING * INTO v_after;
  IF FOUND THEN
    act := 'CREATED';
  ELSE
    SELECT * INTO v_before FROM public.asset_types t WHERE t.code = p_code FOR UPDATE NOWAIT;
    v_after := v_before;
    v_after.name := p_name;
    v_after.transferable := coalesce(p_transferable, v_before.transferable);
    IF v_before.burn_order IS NOT NULL THEN
      v_after.burn_order := coalesce(p_burn_order::public.burn_order, v_before.burn_order);
      v_after.refund_grace_seconds := coalesce(p_refund_grace_seconds, v_before.refund_grace_seconds);
      v_after.paid_expires := coalesce(p_paid_expires, v_before.paid_expires);
    END IF;
    IF v_before.scale <> p_scale THEN
      PERFORM public.refuse('ASSET_SCALE_FIXED',
        jsonb_build_object('assetCode', p_code, 'scale', v_before.scale));
    ELSIF p_lots <> (v_before.burn_order IS NOT NULL) THEN
      PERFORM public.refuse('ASSET_LOTS_FIXED', jsonb_build_object(
        'assetCode', p_code, 'created', CASE WHEN p_lots THEN 'without' ELSE 'with' END));
    END IF;
    IF v_after IS DISTINCT FROM v_before THEN
      act := 'CHANGED';
      UPDATE public.asset_types t SET name = v_after.name, transferable = v_after.transferable,
        burn_order = v_after.burn_order, refund_grace_seconds = v_after.refund_grace_seconds,
        paid_expires = v_after.paid_expires
      WHERE t.id = v_after.id;
    END IF;
  END IF;
  IF v_after.burn_order IS NULL
    AND num_nonnulls(p_burn_order, p_refund_grace_seconds, p_paid_expires) > 0
  THEN
    PERFORM public.refuse('ASSET_WITHOUT_LOTS', jsonb_build_object('assetCode', p_code));
  END IF;
  data := public.asset_data(v_after);
  IF act IS NOT NULL THEN
    PERFORM public.record_act(
      0, NULL, v_after.id, act, p_principal, p_reason,
      CASE WHEN act = 'CHANGED' THEN public.asset_data(v_before)::jsonb END, data::jsonb);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION public.put_asset TO wallet_app;
COMMENT ON FUNCTION public.put_asset IS 'Nullable: act';
