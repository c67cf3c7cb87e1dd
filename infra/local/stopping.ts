import { startedByNpm } from '../../lib/app/config';
import { monotonicMillis } from '../../lib/base/time';

/** Milliseconds within which a second signal counts as a repetition of the first. */
const SAME_SIGNAL_MILLIS = 500;
/**
 * Milliseconds between looks at the parent: a killed npm takes nothing along, and the port would stay taken.
 */
const PARENT_CHECK_MILLIS = 250;

/** How to stop what was started; both lists are in the order of the start. */
export interface Running {
  /** What waits for work in flight. It is given up when its time is over. */
  drains: (() => unknown)[];
  /** What is stopped after that, in any case. */
  releases: (() => unknown)[];
}

/**
 * Stops everything, last started first; `hurry` ends the wait for the drains. Whether all of it ended by
 * itself.
 */
export async function stopAll({ drains, releases }: Running, hurry: AbortSignal): Promise<boolean> {
  const drained = await Promise.race([runAll(drains), aborted(hurry).then(() => false)]);
  return (await runAll(releases)) && drained;
}

/** One that fails keeps none of the others from being stopped. */
async function runAll(stops: (() => unknown)[]): Promise<boolean> {
  let good = true;
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      good = false;
    }
  }
  return good;
}

/** What the signals to this process ask for. */
export interface Wishes {
  /** Stop in order: the first signal, or the end of the npm that started this. */
  end: AbortSignal;
  /** Stop without waiting for requests: the second signal. A third one ends the process at once. */
  hurry: AbortSignal;
}

/** One Ctrl-C is two signals, the terminal's and npm's, which passes its own on. */
export function listenToSignals(): Wishes {
  const [end, hurry] = [new AbortController(), new AbortController()];
  const steps = [() => end.abort(), () => hurry.abort(), () => process.exit(1)];
  let last = Number.NEGATIVE_INFINITY;
  const handle = (): void => {
    const isNew = monotonicMillis() - last > SAME_SIGNAL_MILLIS;
    last = monotonicMillis();
    if (isNew) {
      steps.shift()?.();
    }
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  if (startedByNpm()) {
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || end.signal.aborted || handle(), PARENT_CHECK_MILLIS).unref();
  }
  return { end: end.signal, hurry: hurry.signal };
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
