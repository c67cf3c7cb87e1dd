import { logAct } from '../../lib/http/acts';
import { endpoint } from '../../lib/http/endpoint';
import { assetData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/put-asset'], async ({ input, caller, app, call }) => {
  const { assetCode, reason, ...asset } = input;
  const row = await app.ledger.putAsset(
    { code: assetCode, ...asset },
    { principal: caller.principal, reason },
    call,
  );
  logAct(app, row, caller, { assetCode });
  return { data: assetData(row), created: row.act === 'CREATED' };
});
