import { endpoint } from '../../lib/http/endpoint';
import { subscriberData } from '../../lib/http/resources';
import { putSubscriber } from '../../lib/http/subscribers';
import { routes } from '../routes';

export const handler = endpoint(routes['subscribers/put'], async ({ input, app, call }) => {
  const { subscriber, created, secret } = await putSubscriber(app, input, call);
  return { data: { ...subscriberData(subscriber), ...(secret && { secret }) }, created };
});
