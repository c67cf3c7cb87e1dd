import { job } from '../../lib/http/job';

/** Balances per statement: few enough to hold their locks for milliseconds. */
const BATCH = 100;

export const handler = job('jobs/expire-holds', async ({ ledger }, call) => {
  let balances = 0;
  for (;;) {
    const swept = await ledger.expireHolds(BATCH, call);
    balances += swept;
    // None is left, or all that are left are busy.
    if (swept === 0) {
      return { balances };
    }
  }
});
