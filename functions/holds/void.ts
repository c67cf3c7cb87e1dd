import { endpoint } from '../../lib/http/endpoint';
import { holdData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['holds/void'], async ({ input, app, call }) => ({
  data: holdData(await app.ledger.voidHold(input.holdId, call)),
}));
