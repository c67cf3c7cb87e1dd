import { endpoint } from '../../lib/http/endpoint';
import { assetData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/put-asset'], async ({ input: { assetCode, ...asset }, app, call }) => {
  const row = await app.ledger.putAsset({ code: assetCode, ...asset }, call);
  return { data: assetData(row), created: row.created };
});
