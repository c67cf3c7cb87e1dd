import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/open-accounts'], async ({ input, caller, app, call }) => {
  const { created, existed } = await app.ledger.openAccounts(input.accounts, caller.principal, call);
  app.logger.info('accounts opened', { created, existed, principal: caller.principal });
  return { data: { created, existed } };
});
