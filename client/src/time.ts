import { TimeoutError } from './errors.ts';

/** Milliseconds, 24 days: a timer that should take longer would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * What `work` resolves to. Rejects with a TimeoutError after that many milliseconds, and with the reason of
 * `outer` when that is aborted; the signal that `work` was given is then aborted for the same reason.
 */
export function within<Result>(
  millis: number,
  what: string,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      controller.abort(reason);
      reject(reason);
    };
    const onAbort = () => stop(outer?.reason);
    if (outer?.aborted) {
      onAbort();
      return;
    }
    const timer = setTimeout(() => stop(new TimeoutError(millis, what)), Math.min(millis, LONGEST_TIMER));
    outer?.addEventListener('abort', onAbort, { once: true });
    work(controller.signal)
      .finally(() => {
        clearTimeout(timer);
        outer?.removeEventListener('abort', onAbort);
      })
      .then(resolve, reject);
  });
}

/** Rejects with the signal's reason when it is aborted meanwhile. */
export function sleep(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, millis);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Milliseconds: the first pause is under it, each later one under twice as much. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8_000;

/**
 * Milliseconds: a random part of a growing bound, after what the service asked for. `attempt`: the one that
 * failed, from 1.
 */
export function pauseAfter(attempt: number, retryAfterMillis = 0): number {
  const bound = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
  return retryAfterMillis + Math.random() * bound;
}
