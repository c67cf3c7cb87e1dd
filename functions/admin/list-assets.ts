import { endpoint } from '../../lib/http/endpoint';
import { assetData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/list-assets'], async ({ app, call }) => ({
  data: { assets: (await app.ledger.readAssets(call)).map(assetData) },
}));
