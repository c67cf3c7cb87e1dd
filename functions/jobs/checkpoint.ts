import { checkpoint } from '../../lib/app/checkpoints';
import { job } from '../../lib/http/job';

export const handler = job('jobs/checkpoint', checkpoint);
