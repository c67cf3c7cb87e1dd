import { reconcile } from '../../lib/app/reconcile';
import { job } from '../../lib/http/job';

export const handler = job('jobs/reconcile', (app, call) => reconcile(app, false, call));
