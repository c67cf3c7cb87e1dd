import { deliverEvents } from '../../lib/http/deliver';
import { job } from '../../lib/http/job';

export const handler = job('jobs/deliver-events', deliverEvents);
