import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { lotsData } from '../../lib/http/resources';
import { adjustment } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/adjustment'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.adjust(adjustment(input), by, call);
  const { userId, assetCode, amount, direction, reason } = input;
  const data = {
    transactionId: row.transaction_id,
    userId,
    assetCode,
    amount: amountToNumber(amount),
    newBalance: amountToNumber(row.balance),
    timestamp: row.created_at.toISOString(),
    ...lotsData(row.lots),
    direction,
    reason,
  };
  return { data, replayed: row.replayed };
});
