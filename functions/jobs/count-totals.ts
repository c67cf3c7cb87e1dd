import { job, sweep } from '../../lib/http/job';

/** Rows of the journal per statement. */
const BATCH = 50_000;

export const handler = job('jobs/count-totals', async ({ ledger }, call) => {
  await ledger.beginEpoch(call);
  return { batches: await sweep(call, async () => ((await ledger.countTotals(BATCH, call)) ? 1 : 0)) };
});
