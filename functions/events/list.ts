import { endpoint } from '../../lib/http/endpoint';
import { awaitEvents } from '../../lib/http/events';
import { routes } from '../routes';

export const handler = endpoint(routes['events/list'], async ({ input, app, call }) => {
  const { waitSeconds, type, ...page } = input;
  const types = type && [type];
  const { events, cursor } = await awaitEvents(app, { ...page, types }, waitSeconds * 1_000, call);
  return { data: { events, nextCursor: cursor } };
});
