import { endpoint } from '../../lib/http/endpoint';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/set-account-status'], async ({ input, app, call }) => ({
  data: accountData(await app.ledger.setAccountStatus(input.userId, input.status, call)),
}));
