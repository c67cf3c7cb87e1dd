-- Makes a subscriber, which is told what is committed from now on, or changes one. It begins at the horizon:
-- while another transaction is open, it is also told what was committed since that one began.
-- p_types null: every type of event. p_enabled null: as it is; one that is enabled again is tried at once.
-- p_sealed: a webhook's new secret; the one before it signs for another day.
CREATE OR REPLACE FUNCTION public.put_subscriber(
  p_name text, p_kind text, p_target text, p_types text[] DEFAULT NULL,
  p_enabled boolean DEFAULT NULL, p_sealed text DEFAULT NULL,
  OUT data json, OUT created boolean, OUT has_secret boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_valid boolean := public.require_transaction();
  v_subscriber public.subscribers;
BEGIN
  INSERT INTO public.subscribers (name, kind, target, types, enabled, cursor)
  VALUES (p_name, p_kind::public.subscriber_kind, p_target, p_types, coalesce(p_enabled, true),
    public.cursor_of(
      (SELECT max(e.id) FROM public.epochs e), public.horizon(), '2000-01-01 00:00Z',
      '00000000-0000-0000-0000-000000000000'))
  ON CONFLICT DO NOTHING;
  created := FOUND;
  UPDATE public.subscribers s SET
    kind = p_kind::public.subscriber_kind, target = p_target,
    types = p_types,
    -- Who delivers to it now stops, and the next one does as it says from now on.
    lease = NULL,
    enabled = coalesce(p_enabled, s.enabled),
    next_try_at = CASE WHEN p_enabled THEN '-infinity' ELSE s.next_try_at END,
    secrets = CASE WHEN p_sealed IS NULL THEN s.secrets ELSE
      jsonb_build_array(jsonb_build_object('sealed', p_sealed)) || coalesce((
        SELECT jsonb_agg(o || jsonb_build_object('until', coalesce(
          o->>'until', public.iso_time(clock_timestamp() + interval '1 day'))))
        FROM jsonb_array_elements(s.secrets) AS o
        WHERE coalesce((o->>'until')::timestamptz > clock_timestamp(), true)), '[]') END
  WHERE s.name = p_name
  RETURNING * INTO v_subscriber;
  data := public.subscriber_data(v_subscriber);
  has_secret := v_subscriber.secrets <> '[]';
END $$;
GRANT EXECUTE ON FUNCTION public.put_subscriber TO wallet_app;
