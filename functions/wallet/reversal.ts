import { endpoint } from '../../lib/http/endpoint';
import { settledData } from '../../lib/http/resources';
import { reversal } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/reversal'], async ({ input, caller, app, call }) => {
  const row = await app.ledger.counter(reversal(input), input.idempotencyKey, caller.principal, call);
  return { data: { ...settledData(row), reversedTransactionId: input.transactionId }, replayed: row.replayed };
});
