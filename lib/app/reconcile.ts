import type { Call } from '../db/retry';
import type { App } from './app';

/**
 * Verifies the ledger, whole or since the last run, keeps what it found, and tells each discrepancy to the
 * log. A run goes on in commit order from where the last one ended, so no clock matters.
 */
export async function reconcile(
  { ledger, logger }: App,
  full: boolean,
  call: Call,
): Promise<Record<string, number>> {
  const last = full ? undefined : await ledger.readReconciliation(call);
  // What was found stays under watch: the next run looks at everything again. So does one in a new cluster.
  const after = last?.isCurrent && last.discrepancies.length === 0 ? last.upto : undefined;
  const found = await ledger.verify(after, call);
  await ledger.recordReconciliation(after === undefined, found, call);
  for (const discrepancy of found.discrepancies) {
    logger.error('the ledger does not reconcile', { discrepancy });
  }
  return { discrepancies: found.discrepancies.length, ...found.checked };
}
