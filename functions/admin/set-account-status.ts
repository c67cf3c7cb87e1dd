import { logAct } from '../../lib/http/acts';
import { endpoint } from '../../lib/http/endpoint';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/set-account-status'], async ({ input, caller, app, call }) => {
  const { userId, status, reason } = input;
  const account = await app.ledger.setAccountStatus(
    userId,
    status,
    { principal: caller.principal, reason },
    call,
  );
  logAct(app, account, caller, { userId });
  return { data: accountData(account) };
});
