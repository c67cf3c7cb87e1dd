-- Makes the balances of accounts in assets where they are missing: of players, or of system accounts in a
-- home. The three lists go together. Returns why each cannot be made, or null.
-- A player's account is written to, although nothing of it changes. So a change of its status that began
-- before this one ended meets a row that changed, and is tried again: it would not have seen the new balance.
-- (A lock alone does not do it below serializable: it leaves no trace once this transaction has ended.)
-- LATERAL and ANY, so that each is looked up by an index: the planner would rather read all accounts when they
-- are few, and so conflict with others.
CREATE OR REPLACE FUNCTION public.open_balances(p_homes integer[], p_handles text[], p_asset_codes text[])
  RETURNS public.refusal[]
LANGUAGE plpgsql AS $$
DECLARE
  v_refusals public.refusal[];
BEGIN
  PERFORM public.require_transaction(s.home, s.handle)
  FROM unnest(p_homes, p_handles) AS s(home, handle) WHERE s.handle NOT LIKE '$%';
  PERFORM FROM (
    SELECT DISTINCT s.home, s.handle FROM unnest(p_homes, p_handles) AS s(home, handle) ORDER BY 1, 2) AS s
  CROSS JOIN LATERAL (
    SELECT FROM public.user_accounts a WHERE a.home = s.home AND a.handle = s.handle
    FOR NO KEY UPDATE NOWAIT) AS a;
  UPDATE public.user_accounts a SET status = a.status
  FROM (SELECT DISTINCT s.home, s.handle FROM unnest(p_homes, p_handles) AS s(home, handle)) AS s
  WHERE a.home = ANY (ARRAY[s.home]) AND a.handle = ANY (ARRAY[s.handle]);
  WITH side AS (
    SELECT s.ordinality, s.home, s.handle, coalesce(a.id, y.id) AS account_id,
      coalesce(a.status, 'active') AS status, s.asset_code, t
    FROM unnest(p_homes, p_handles, p_asset_codes) WITH ORDINALITY AS s(home, handle, asset_code, ordinality)
    LEFT JOIN LATERAL (
      SELECT * FROM public.user_accounts a WHERE a.home = s.home AND a.handle = s.handle LIMIT 1) AS a ON true
    LEFT JOIN public.system_accounts y ON y.handle = s.handle
    LEFT JOIN public.asset_types t ON t.code = s.asset_code
  ), made AS (
    INSERT INTO public.balances (
      home, asset_type_id, account_id, balance, handle, asset_code, scale, status, lots, burn_order)
    SELECT s.home, (s.t).id, s.account_id, round(0, (s.t).scale), s.handle, s.asset_code, (s.t).scale,
      s.status,
      CASE WHEN s.account_id > 0 AND (s.t).burn_order IS NOT NULL THEN '{}'::public.lot[] END,
      CASE WHEN s.account_id > 0 THEN (s.t).burn_order END
    FROM side s WHERE s.account_id IS NOT NULL AND (s.t).id IS NOT NULL
    ON CONFLICT DO NOTHING)
  SELECT array_agg(CASE
    WHEN s.account_id IS NULL
      THEN ROW('USER_NOT_FOUND', jsonb_build_object('userId', s.handle))::public.refusal
    WHEN (s.t).id IS NULL
      THEN ROW('ASSET_NOT_FOUND', jsonb_build_object('assetCode', s.asset_code))::public.refusal
    END ORDER BY s.ordinality)
  INTO v_refusals
  FROM side s;
  RETURN v_refusals;
END $$;
