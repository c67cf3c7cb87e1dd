import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/trial-balance'], async ({ app, call }) => {
  const rows = await app.ledger.readTrialBalance(call);
  const assets = rows.map(({ asset_code: assetCode, user, treasury, revenue, bonus_pool: bonusPool, sum }) => ({
    assetCode,
    totals: { user, treasury, revenue, bonusPool },
    sum,
  }));
  return { data: { assets } };
});
