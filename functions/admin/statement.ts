import { endpoint } from '../../lib/http/endpoint';
import { statementData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/statement'], async ({ input, app, call }) => {
  const { from, to, groupBy, assetCode } = input;
  const rows = await app.ledger.readStatement({ from, to, group: groupBy, assetCode }, call);
  const data = { from: from.toISOString(), to: to.toISOString(), assets: rows.map(statementData) };
  return { data };
});
