import { job, sweep } from '../../lib/http/job';

/** Balances per statement: few enough to hold their locks for milliseconds. */
const BATCH = 100;

export const handler = job('jobs/expire-holds', async ({ ledger }, call) => ({
  balances: await sweep(call, () => ledger.expireHolds(BATCH, call)),
}));
