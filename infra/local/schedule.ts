import { type JobId, schedules } from '../../functions/schedules';
import { toContext } from '../../lib/http/gateway-event';
import type { JobHandler } from '../../lib/http/job';

type Schedule = (typeof schedules)[number];

/** Milliseconds until every job's first run: after the start has said what it has to say. */
const FIRST_RUN_MILLIS = 60_000;

const isLasting = (schedule: Schedule): boolean => 'lasting' in schedule;

/** A job's own handler. */
export async function loadJob(id: JobId): Promise<JobHandler> {
  return (await import(`../../functions/${id}.ts`)).handler;
}

/**
 * Runs every job at its own pace, as the cloud's scheduler does, and for the first time after
 * `firstRunMillis`: by its pace alone a daily job would never run on a host that is started each day. A job
 * that fails has logged why, and comes again. Answers how to stop.
 */
export function startSchedules(firstRunMillis = FIRST_RUN_MILLIS): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  let queue: Promise<unknown> = Promise.resolve();
  const start =
    ({ id, timeoutSeconds }: Schedule) =>
    async () =>
      (await loadJob(id))({}, toContext(id, timeoutSeconds * 1_000)).catch(() => undefined);
  const run = (schedule: Schedule): void => {
    // One after the other: they share two cores with the requests. A lasting one would keep them all waiting.
    const made = isLasting(schedule) ? start(schedule)() : queue.then(start(schedule));
    queue = isLasting(schedule) ? queue : made;
    running.add(made);
    void made.then(() => running.delete(made));
  };
  const timers: NodeJS.Timeout[] = [];
  const begin = (schedule: Schedule): void => {
    run(schedule);
    timers.push(setInterval(run, schedule.everySeconds * 1_000, schedule));
  };
  // Who subscribes does not wait for a minute.
  schedules.filter(isLasting).forEach(begin);
  const first = setTimeout(() => {
    for (const schedule of schedules.filter((one) => !isLasting(one))) {
      begin(schedule);
    }
  }, firstRunMillis);
  return async () => {
    for (const timer of [first, ...timers]) {
      clearTimeout(timer);
    }
    await Promise.all(running);
  };
}
