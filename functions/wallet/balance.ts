import type { ReadBalancesRow } from '../../generated/functions';
import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/balance'], async ({ input, app, call }) => {
  const rows = await app.ledger.readBalances(input.userId, input.assetCode, input.at, call);
  const balances = rows.map((row) => ({
    assetCode: row.asset_code,
    assetName: row.asset_name,
    balance: amountToNumber(row.balance),
    ...(row.held !== null && { held: amountToNumber(row.held) }),
    ...(row.available !== null && { available: amountToNumber(row.available) }),
    ...lotTotals(row),
  }));
  return { data: { userId: input.userId, balances } };
});

/** Nothing of an asset without lots, or of a past balance. */
function lotTotals({ paid, free, next_expiry_at: at, next_expiry_amount: amount }: ReadBalancesRow) {
  if (paid === null || free === null) {
    return {};
  }
  const nextExpiry = at && amount && { at: at.toISOString(), amount: amountToNumber(amount) };
  return { paid: amountToNumber(paid), free: amountToNumber(free), nextExpiry };
}
