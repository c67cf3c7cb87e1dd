-- The sweeper: marks expired holds of up to p_limit balances and frees what they reserved; a busy balance is
-- left for the next run. Returns how many balances it swept. (Nothing waits for it: an expired hold reserves
-- nothing, and a posting that needs the room releases it.)
CREATE OR REPLACE FUNCTION public.expire_holds(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
  v_part record;
  v_of_part integer;
  v_swept integer := 0;
  -- Fixed, so that it can bound the index: a sweep reads no live hold.
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_part IN
    SELECT e.home, jsonb_agg(jsonb_build_object(
      'account_id', e.account_id, 'asset_type_id', e.asset_type_id)) AS balances
    FROM (
      SELECT DISTINCT h.home, h.account_id, h.asset_type_id FROM public.holds h
      WHERE h.status = 'active' AND h.expires_at <= v_now
      LIMIT p_limit) AS e
    GROUP BY e.home
  LOOP
    SELECT s INTO v_of_part FROM public.sweep_holds(v_part.home, v_part.balances) AS s;
    v_swept := v_swept + v_of_part;
  END LOOP;
  RETURN v_swept;
END $$;
GRANT EXECUTE ON FUNCTION public.expire_holds TO wallet_app;
