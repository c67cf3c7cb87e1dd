-- A subscriber, in the fields of its reply.
CREATE OR REPLACE FUNCTION public.subscriber_data(p_subscriber public.subscribers) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN json_build_object(
    'name', p_subscriber.name, 'kind', p_subscriber.kind,
    CASE p_subscriber.kind WHEN 'webhook' THEN 'url' WHEN 'eventbridge' THEN 'busName' ELSE 'queueUrl' END,
    p_subscriber.target,
    'types', p_subscriber.types, 'enabled', p_subscriber.enabled, 'cursor', p_subscriber.cursor,
    'attempts', p_subscriber.attempts, 'lastError', p_subscriber.last_error,
    'nextTryAt', CASE WHEN p_subscriber.attempts > 0 THEN public.iso_time(p_subscriber.next_try_at) END,
    'createdAt', public.iso_time(p_subscriber.created_at),
    'parked', (
      SELECT coalesce(json_agg(json_build_object(
        'userId', nullif(p.user_id, ''), 'after', p.cursor, 'eventId', p.event_id,
        'parkedAt', public.iso_time(p.parked_at)) ORDER BY p.parked_at, p.user_id), '[]')
      FROM public.parked_players p WHERE p.subscriber = p_subscriber.name));
END $$;
