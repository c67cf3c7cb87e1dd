import { endpoint } from '../../lib/http/endpoint';
import { holdData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['holds/get'], async ({ input, app, call }) => ({
  data: holdData(await app.ledger.readHold(input.holdId, call)),
}));
