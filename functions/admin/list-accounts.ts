import { accountsCursor } from '../../lib/contract/accounts';
import { endpoint } from '../../lib/http/endpoint';
import { pageOf } from '../../lib/http/pages';
import { accountData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/list-accounts'], async ({ input, app, call }) => {
  const { limit, cursor, ...filter } = input;
  const rows = await app.ledger.readAccounts({ ...filter, limit: limit + 1, after: cursor }, call);
  const { page, nextCursor } = pageOf(rows, limit, ({ home, user_id: userId }) =>
    accountsCursor({ home, userId }),
  );
  return { data: { accounts: page.map(accountData), nextCursor } };
});
