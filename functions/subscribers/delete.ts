import { endpoint } from '../../lib/http/endpoint';
import { subscriberData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['subscribers/delete'], async ({ input, app, call }) => ({
  data: subscriberData(await app.ledger.deleteSubscriber(input.name, call)),
}));
