import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { settledData } from '../../lib/http/resources';
import { refund } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/refund'], async ({ input, caller, app, call }) => {
  const row = await app.ledger.counter(refund(input), input.idempotencyKey, caller.principal, call);
  const refundableAmount = amountToNumber(row.refundable);
  return { data: { ...settledData(row), refundedTransactionId: input.transactionId, refundableAmount }, replayed: row.replayed };
});
