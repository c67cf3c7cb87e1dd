import type { Call } from '../db/retry';
import type { App } from './app';

/**
 * Milliseconds that a run looks back before the last one: what was under way then, and clocks that differ, are seen again. Far more than any
 * invocation lives.
 */
const OVERLAP_MILLIS = 3_600_000;

/** Verifies the ledger, whole or since the last run, keeps what it found, and tells each discrepancy to the log. */
export async function reconcile({ ledger, logger }: App, full: boolean, call: Call): Promise<Record<string, number>> {
  const last = full ? undefined : await ledger.readReconciliation(call);
  // What was found stays under watch: the next run looks at everything again.
  const since = last && last.discrepancies.length === 0 ? new Date(last.snapshot_at.getTime() - OVERLAP_MILLIS) : undefined;
  const recent = await ledger.verify(since, call);
  // What shows in the window may be the window's doing: it is cut by ids, which clocks have made. The whole ledger tells.
  const whole = since === undefined || recent.discrepancies.length > 0;
  const found = whole && since !== undefined ? await ledger.verify(undefined, call) : recent;
  await ledger.recordReconciliation({ ...found, full: whole }, call);
  for (const discrepancy of found.discrepancies) {
    logger.error('the ledger does not reconcile', { discrepancy });
  }
  return { discrepancies: found.discrepancies.length, ...found.checked };
}
