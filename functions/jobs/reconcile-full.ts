import { job } from '../../lib/http/job';
import { reconcile } from '../../lib/http/reconcile';

export const handler = job('jobs/reconcile-full', (app, call) => reconcile(app, true, call));
