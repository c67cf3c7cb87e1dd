import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/reconciliation'], async ({ app, call }) => {
  const last = await app.ledger.readReconciliation(call);
  const lastRun = last && {
    full: last.full,
    snapshotAt: last.snapshot_at.toISOString(),
    finishedAt: last.finished_at.toISOString(),
    checked: last.checked,
    discrepancies: last.discrepancies,
  };
  return { data: { lastRun: lastRun ?? null } };
});
