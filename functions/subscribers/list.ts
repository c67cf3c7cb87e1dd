import { endpoint } from '../../lib/http/endpoint';
import { subscriberData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['subscribers/list'], async ({ app, call }) => {
  const rows = await app.ledger.readSubscribers(call);
  const subscribers = rows.map((row) => ({ ...subscriberData(row), lagSeconds: row.lag_seconds }));
  return { data: { subscribers } };
});
