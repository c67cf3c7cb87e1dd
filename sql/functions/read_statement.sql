-- What the players had of each asset at p_from and at p_to, and what moved it between, in the fields of the
-- reply; of an asset with lots also of paid and of free credits. p_asset_code: of one asset alone. p_group: by what the movements are added up: `kind`; `day`, each 24
-- hours from p_from on, which is a whole hour then; or `source`, of assets with lots.
-- What no lot has, such as what a player owes, is a movement without origin, so that the sum is always right.
-- Refuses an unknown asset.
CREATE OR REPLACE FUNCTION public.read_statement(
  p_from timestamptz, p_to timestamptz, p_group text, p_asset_code text DEFAULT NULL)
RETURNS TABLE (asset_code text, totals json, paid json, free json, movements json)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
  IF p_asset_code IS NOT NULL THEN
    PERFORM public.find_asset(p_asset_code);
  END IF;
  PERFORM public.require_epoch();
  RETURN QUERY
    WITH opening AS (
      SELECT m.asset_type_id, m.origin, sum(m.amount) AS amount
      FROM public.movements_between('-infinity', p_from) AS m GROUP BY 1, 2
    ), moved AS MATERIALIZED (
      SELECT m.*, p_from + interval '24 hours' * floor(
        extract(epoch FROM greatest(m.starts_at, p_from) - p_from) / 86400) AS day
      FROM public.movements_between(p_from, p_to, p_group = 'day') AS m
    ), movement AS (
      SELECT m.asset_type_id, json_build_object(
        'kind', m.kind, 'count', sum(m.transactions), 'amount', trim_scale(sum(m.amount))::text) AS data,
        m.kind AS key
      FROM moved m WHERE p_group = 'kind' AND m.origin IS NULL GROUP BY m.asset_type_id, m.kind
      UNION ALL
      SELECT m.asset_type_id, json_build_object(
        'day', public.iso_time(m.day), 'count', sum(m.transactions),
        'amount', trim_scale(sum(m.amount))::text), m.day::text
      FROM moved m WHERE p_group = 'day' AND m.origin IS NULL GROUP BY m.asset_type_id, m.day
      UNION ALL
      SELECT m.asset_type_id, json_build_object(
        'origin', m.origin, 'source', m.source, 'count', sum(m.transactions),
        'amount', trim_scale(sum(m.amount))::text), concat(m.origin, ' ', m.source)
      FROM moved m WHERE p_group = 'source' AND m.origin IS NOT NULL
      GROUP BY m.asset_type_id, m.origin, m.source
      UNION ALL
      SELECT m.asset_type_id, json_build_object(
        'origin', NULL, 'source', NULL,
        'count', CASE WHEN bool_and(m.origin IS NULL) THEN sum(m.transactions) ELSE 0 END,
        'amount', trim_scale(sum(CASE WHEN m.origin IS NULL THEN m.amount ELSE -m.amount END))::text), ''
      FROM moved m WHERE p_group = 'source' GROUP BY m.asset_type_id
      HAVING bool_and(m.origin IS NULL)
        OR sum(CASE WHEN m.origin IS NULL THEN m.amount ELSE -m.amount END) <> 0
    ), part AS (
      -- Of the whole (origin null) and of each origin.
      SELECT s.id, o.origin, coalesce(o.origin::text, '') AS name,
        coalesce((SELECT b.amount FROM opening b
          WHERE b.asset_type_id = s.id AND b.origin IS NOT DISTINCT FROM o.origin), 0) AS opening,
        coalesce(sum(m.amount), 0) AS moved,
        coalesce(-sum(m.amount) FILTER (WHERE m.kind = 'EXPIRY'), 0) AS expired
      FROM public.asset_types s
      JOIN (VALUES (NULL::public.lot_origin), ('paid'), ('free')) AS o(origin)
        ON o.origin IS NULL OR s.burn_order IS NOT NULL
      LEFT JOIN moved m ON m.asset_type_id = s.id AND m.origin IS NOT DISTINCT FROM o.origin
      WHERE p_asset_code IS NULL OR s.code = p_asset_code
      GROUP BY 1, 2
    ), told AS (
      SELECT p.id, p.name, json_build_object('opening', trim_scale(p.opening)::text,
        'closing', trim_scale(p.opening + p.moved)::text, 'expired', trim_scale(p.expired)::text) AS data
      FROM part p)
    SELECT s.code, w.data, paid.data, free.data, coalesce(
      (SELECT json_agg(m.data ORDER BY m.key) FROM movement m WHERE m.asset_type_id = s.id), '[]')
    FROM public.asset_types s
    JOIN told w ON w.id = s.id AND w.name = ''
    LEFT JOIN told paid ON paid.id = s.id AND paid.name = 'paid'
    LEFT JOIN told free ON free.id = s.id AND free.name = 'free'
    ORDER BY s.code;
END $$;
GRANT EXECUTE ON FUNCTION public.read_statement TO wallet_reader, wallet_app;
COMMENT ON FUNCTION public.read_statement IS 'Nullable: paid, free';
