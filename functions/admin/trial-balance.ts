import { groupBy } from '../../lib/base/groups';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/trial-balance'], async ({ app, call }) => {
  const rows = await app.ledger.readTrialBalance(call);
  const assets = [...groupBy(rows, (row) => row.asset_code)].map(([assetCode, totals]) => ({
    assetCode,
    totals: Object.fromEntries(totals.map((row) => [camelCase(row.account_type), row.total])),
    sum: totals[0]?.asset_total ?? '0',
  }));
  return { data: { assets } };
});

function camelCase(type: string): string {
  return type.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
