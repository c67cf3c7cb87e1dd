import type { Context } from 'aws-lambda';
import { type App, getApp } from '../app/app';
import { monotonicMillis, sleep } from '../base/time';
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

/**
 * Does a job slice by slice, until a slice finds nothing to do (all that is left is busy), or the time of the
 * call would end in the next one; the next run goes on. Answers how much was done. After each slice postings
 * have the database for as long as it took: beside one that never rests they made 0.73 of their pace.
 */
export async function sweep({ deadline }: Call, slice: () => Promise<number>): Promise<number> {
  for (let done = 0; ; ) {
    const start = monotonicMillis();
    const some = await slice();
    const took = monotonicMillis() - start;
    done += some;
    if (some === 0 || monotonicMillis() + 4 * took > deadline) {
      return done;
    }
    await sleep(took);
  }
}
