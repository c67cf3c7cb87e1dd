import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { transfer } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/transfer'], async ({ input, principal, app, call }) => {
  const posted = await app.ledger.post(transfer(input), input.idempotencyKey, principal, call);
  const data = {
    transactionId: posted.transactionId,
    fromUserId: input.fromUserId,
    toUserId: input.toUserId,
    assetCode: input.assetCode,
    amount: amountToNumber(input.amount),
    newBalance: amountToNumber(posted.debitBalance),
    timestamp: posted.createdAt.toISOString(),
  };
  return { data, replayed: posted.replayed };
});
