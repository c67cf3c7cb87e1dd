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
  }));
  return { data: { userId: input.userId, balances } };
});
