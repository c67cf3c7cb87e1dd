import { endpoint } from '../../lib/http/endpoint';
import { transactionData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/get-group'], async ({ input, app, call }) => {
  const rows = await app.ledger.readGroup(input.groupId, call);
  return { data: { groupId: input.groupId, transactions: rows.map(transactionData) } };
});
