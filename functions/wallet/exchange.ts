import { amountToNumber, type DecimalText } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { lotsData } from '../../lib/http/resources';
import { exchange } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/exchange'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.exchange(exchange(input), by, call);
  const side = (
    { assetCode, amount }: { assetCode: string; amount: DecimalText },
    transactionId: string,
    balance: DecimalText,
    lots: unknown,
  ) => ({
    transactionId,
    assetCode,
    amount: amountToNumber(amount),
    newBalance: amountToNumber(balance),
    ...lotsData(lots),
  });
  const data = {
    groupId: row.group_id,
    userId: input.userId,
    from: side(input.from, row.from_id, row.from_balance, row.from_lots),
    to: side(input.to, row.to_id, row.to_balance, row.to_lots),
    timestamp: row.created_at.toISOString(),
  };
  return { data, replayed: row.replayed };
});
