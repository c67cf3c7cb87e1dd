import { monotonicMillis } from '../../lib/base/time';
import { endpoint } from '../../lib/http/endpoint';
import { version } from '../../package.json';
import { routes } from '../routes';

/**
 * Milliseconds that a health check waits for the database: a load balancer's own patience is about five
 * seconds.
 */
const PATIENCE_MILLIS = 2_000;

export const handler = endpoint(routes['system/health'], async ({ app, call }) => {
  await app.ledger.ping({ ...call, deadline: Math.min(call.deadline, monotonicMillis() + PATIENCE_MILLIS) });
  return { data: { status: 'ok' as const, database: 'ok' as const, version } };
});
