import { job } from '../../lib/http/job';
import { reconcile } from '../../lib/http/reconcile';

export const handler = job('jobs/reconcile', (app, call) => reconcile(app, false, call));
