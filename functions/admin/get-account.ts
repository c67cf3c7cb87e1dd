import { endpoint } from '../../lib/http/endpoint';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/get-account'], async ({ input, app, call }) => ({
  data: accountData(await app.ledger.readAccount(input.userId, call)),
}));
