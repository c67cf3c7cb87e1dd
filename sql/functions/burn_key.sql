-- Where a lot stands among others when they are burned: by priority, then by the asset's burn order. Arrays
-- compare from left to right. It inlines.
CREATE OR REPLACE FUNCTION public.burn_key(p_order public.burn_order, p_lot public.lot) RETURNS numeric[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY[
    p_lot.priority,
    CASE WHEN p_order::text = p_lot.origin || '-first' THEN 0 ELSE 1 END,
    extract(epoch FROM coalesce(p_lot.expires_at, 'infinity')),
    CASE p_lot.origin WHEN 'free' THEN 0 ELSE 1 END,
    extract(epoch FROM p_lot.made_at)]
$$;
