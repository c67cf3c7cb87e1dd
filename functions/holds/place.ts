import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { hold } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['holds/place'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.placeHold(hold(input), by, call);
  const data = {
    holdId: row.hold_id,
    userId: input.userId,
    assetCode: input.assetCode,
    amount: amountToNumber(row.amount),
    status: 'active' as const,
    expiresAt: row.expires_at.toISOString(),
    available: amountToNumber(row.available),
  };
  return { data, replayed: row.replayed };
});
