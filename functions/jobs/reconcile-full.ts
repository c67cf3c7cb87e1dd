import { reconcile } from '../../lib/app/reconcile';
import { job } from '../../lib/http/job';

export const handler = job('jobs/reconcile-full', (app, call) => reconcile(app, true, call));
