import { logAct } from '../../lib/http/acts';
import { endpoint } from '../../lib/http/endpoint';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/put-account'], async ({ input, caller, app, call }) => {
  const { userId, name, reason } = input;
  const account = await app.ledger.putAccount(userId, name, { principal: caller.principal, reason }, call);
  logAct(app, account, caller, { userId });
  return { data: accountData(account), created: account.act === 'OPENED' };
});
