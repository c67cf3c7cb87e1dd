import { amountToNumber, type DecimalText } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { exchange } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/exchange'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.exchange(exchange(input), by, call);
  const side = ({ assetCode, amount }: typeof input.from, transactionId: string, balance: DecimalText) => ({
    transactionId,
    assetCode,
    amount: amountToNumber(amount),
    newBalance: amountToNumber(balance),
  });
  const data = {
    groupId: row.group_id,
    userId: input.userId,
    from: side(input.from, row.from_id, row.from_balance),
    to: side(input.to, row.to_id, row.to_balance),
    timestamp: row.created_at.toISOString(),
  };
  return { data, replayed: row.replayed };
});
