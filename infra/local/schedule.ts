import { type JobId, schedules } from '../../functions/schedules';
import type { JobHandler } from '../../lib/http/job';
import { toContext } from './events';

/** A job's own handler. */
export async function loadJob(id: JobId): Promise<JobHandler> {
  return (await import(`../../functions/${id}.ts`)).handler;
}

/** Milliseconds until every job's first run: after the start has said what it has to say. */
const FIRST_RUN_MILLIS = 60_000;

/** Runs every job at its own pace, as the cloud's scheduler does. A job that fails has logged why, and comes again. Answers how to stop. */
export function startSchedules(firstRunMillis = FIRST_RUN_MILLIS): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timers = schedules.flatMap(({ id, everySeconds, timeoutSeconds }) => {
    const start = (): void => {
      const run = async (): Promise<unknown> => (await loadJob(id))({}, toContext(id, timeoutSeconds * 1_000));
      // One after the other: they share two cores with the requests.
      running = running.then(run).catch(() => undefined);
    };
    // A host that is started each day would never come to a daily job by its pace alone.
    return [setTimeout(start, firstRunMillis), setInterval(start, everySeconds * 1_000)];
  });
  return async () => {
    for (const timer of timers) {
      clearTimeout(timer);
    }
    await running;
  };
}
