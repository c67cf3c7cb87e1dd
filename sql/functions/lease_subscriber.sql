-- Leases a subscriber to a deliverer for so many seconds, if it is enabled, its time has come and nobody else
-- has it; name is null otherwise. A deliverer that has died loses its lease when it ends.
DROP FUNCTION IF EXISTS public.lease_subscriber(uuid, integer, text[]);
CREATE OR REPLACE FUNCTION public.lease_subscriber(
  p_lease uuid, p_seconds integer, p_name text,
  OUT name text, OUT kind public.subscriber_kind, OUT target text, OUT types text[], OUT secrets jsonb,
  OUT cursor text, OUT attempts integer, OUT failing_since timestamptz, OUT parked text[]
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction();
BEGIN
  UPDATE public.subscribers s
  SET lease = p_lease, leased_until = clock_timestamp() + p_seconds * interval '1 second'
  WHERE s.name = p_name AND public.is_due(s)
  RETURNING s.name, s.kind, s.target, s.types, (
    SELECT coalesce(jsonb_agg(o.value ORDER BY o.ordinality), '[]')
    FROM jsonb_array_elements(s.secrets) WITH ORDINALITY AS o
    WHERE coalesce((o.value->>'until')::timestamptz > clock_timestamp(), true)),
    s.cursor, s.attempts, s.failing_since,
    ARRAY(SELECT p.user_id FROM public.parked_players p WHERE p.subscriber = s.name)
  INTO name, kind, target, types, secrets, cursor, attempts, failing_since, parked;
END $$;
GRANT EXECUTE ON FUNCTION public.lease_subscriber TO wallet_app;
COMMENT ON FUNCTION public.lease_subscriber IS
  'Nullable: name, kind, target, types, secrets, cursor, attempts, failing_since, parked';
