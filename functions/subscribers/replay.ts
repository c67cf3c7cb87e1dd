import { endpoint } from '../../lib/http/endpoint';
import { subscriberData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['subscribers/replay'], async ({ input, app, call }) => ({
  data: subscriberData(await app.ledger.replaySubscriber(input.name, input.after, call)),
}));
