import { endpoint } from '../../lib/http/endpoint';
import { transactionData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/get-transaction'], async ({ input, app, call }) => {
  return { data: transactionData(await app.ledger.readTransaction(input.transactionId, call)) };
});
