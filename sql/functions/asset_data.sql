-- An asset, in the fields of its reply: the rules of lots only where it keeps them.
CREATE OR REPLACE FUNCTION public.asset_data(p_asset public.asset_types) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_strip_nulls(json_build_object(
    'assetCode', p_asset.code, 'name', p_asset.name, 'scale', p_asset.scale,
    'transferable', p_asset.transferable, 'lots', CASE WHEN p_asset.burn_order IS NOT NULL THEN true END,
    'burnOrder', p_asset.burn_order, 'refundGraceSeconds', p_asset.refund_grace_seconds,
    'paidExpires', p_asset.paid_expires))
$$;
