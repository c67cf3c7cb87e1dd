import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { settledData } from '../../lib/http/resources';
import { refund } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/refund'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.undo(refund(input), by, call);
  const data = {
    ...settledData(row),
    refundedTransactionId: input.transactionId,
    refundableAmount: amountToNumber(row.refundable),
  };
  return { data, replayed: row.replayed };
});
