import { groupBy } from '../../lib/base/groups';
import { endpoint } from '../../lib/http/endpoint';
import { transactionData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/get-group'], async ({ input, app, call }) => {
  const entries = groupBy(await app.ledger.readGroup(input.groupId, call), ({ id }) => id);
  return { data: { groupId: input.groupId, transactions: [...entries.values()].map(transactionData) } };
});
