import { job, sweep } from '../../lib/http/job';

/** Balances per statement: few enough to hold their locks for milliseconds. */
const BATCH = 200;

export const handler = job('jobs/expire-lots', async ({ ledger }, call) => ({
  balances: await sweep(call, () => ledger.expireLots(BATCH, call)),
}));
