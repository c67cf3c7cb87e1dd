import { endpoint } from '../../lib/http/endpoint';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/put-account'], async ({ input, app, call }) => {
  const account = await app.ledger.putAccount(input.userId, input.name, call);
  return { data: accountData(account), created: account.created };
});
