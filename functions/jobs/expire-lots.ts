import { job } from '../../lib/http/job';

/** Balances per statement: few enough to hold their locks for milliseconds. */
const BATCH = 200;

export const handler = job('jobs/expire-lots', async ({ ledger }, call) => {
  let balances = 0;
  for (;;) {
    const swept = await ledger.expireLots(BATCH, call);
    balances += swept;
    // None is left, or all that were found are busy.
    if (swept === 0) {
      return { balances };
    }
  }
});
