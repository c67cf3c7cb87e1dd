import { endpoint } from '../../lib/http/endpoint';
import { deliveryData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['subscribers/deliveries'], async ({ input, app, call }) => {
  const rows = await app.ledger.readDeliveries(input.name, call);
  return { data: { name: input.name, deliveries: rows.map(deliveryData) } };
});
