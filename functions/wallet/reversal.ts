import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { settledData } from '../../lib/http/resources';
import { reversal } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/reversal'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.undo(reversal(input), by, call);
  const data = {
    ...settledData(row),
    reversedTransactionId: input.transactionId,
    ...(row.lots !== null && {
      taken: amountToNumber(row.amount),
      shortfall: amountToNumber(row.shortfall),
    }),
  };
  return { data, replayed: row.replayed };
});
