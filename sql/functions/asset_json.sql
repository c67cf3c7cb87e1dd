-- An asset's name and rules, as the acts on it keep them.
CREATE OR REPLACE FUNCTION public.asset_json(p_asset public.asset_types) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'name', p_asset.name, 'scale', p_asset.scale, 'transferable', p_asset.transferable,
    'burnOrder', p_asset.burn_order, 'refundGraceSeconds', p_asset.refund_grace_seconds,
    'paidExpires', p_asset.paid_expires))
$$;
