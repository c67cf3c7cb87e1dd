import type { ReadLotsRow } from '../../generated/functions';
import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/lots'], async ({ input, app, call }) => {
  const rows = await app.ledger.readLots(input.userId, input.assetCode, call);
  return { data: { userId: input.userId, lots: rows.map(toReply) } };
});

function toReply({ cost, currency, ...row }: ReadLotsRow) {
  return {
    assetCode: row.asset_code,
    lotId: row.lot_id,
    origin: row.origin,
    source: row.source,
    priority: row.priority,
    expiresAt: row.expires_at?.toISOString() ?? null,
    amount: amountToNumber(row.amount),
    held: amountToNumber(row.held),
    ...(cost !== null && currency !== null && { cost: { amount: amountToNumber(cost), currency } }),
  };
}
