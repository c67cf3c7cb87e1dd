import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/reconciliation'], async ({ app, call }) => {
  const last = await app.ledger.readReconciliation(call);
  const data = {
    full: last?.full ?? null,
    snapshotAt: last?.snapshotAt.toISOString() ?? null,
    finishedAt: last?.finishedAt.toISOString() ?? null,
    checked: last?.checked ?? {},
    discrepancies: last?.discrepancies ?? [],
  };
  return { data };
});
