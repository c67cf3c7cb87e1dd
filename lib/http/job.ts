import type { Context } from 'aws-lambda';
import { type App, getApp } from '../app/app';
import { monotonicMillis } from '../base/time';
import type { Call } from '../db/retry';

/** What a job did, as counts: for the log and the metrics, and the answer. */
export type Counts = Record<string, number>;

export type JobHandler = (event: unknown, context: Context) => Promise<Counts>;

/** Milliseconds kept back from the invocation's time for the log. */
const RESERVE_MILLIS = 1_000;

/**
 * A handler that the clock calls. A failure is thrown on, so that the scheduler tries again and its
 * dead-letter queue hears of it.
 */
export function job(id: string, run: (app: App, call: Call) => Promise<Counts>): JobHandler {
  return async (_event, context) => {
    const app = getApp();
    const start = monotonicMillis();
    try {
      const counts = await run(app, {
        deadline: start + context.getRemainingTimeInMillis() - RESERVE_MILLIS,
        retries: [],
      });
      const durationMillis = Math.round(monotonicMillis() - start);
      app.logger.info('job done', { job: id, durationMillis, ...counts });
      app.count(id, { Duration: durationMillis, ...counts });
      return counts;
    } catch (error) {
      app.logger.error('job failed', { job: id, error: error as Error });
      throw error;
    }
  };
}
