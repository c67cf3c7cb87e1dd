import { monotonicMillis, sleep } from '../base/time';
import { type Failure, readFailure } from './failures';

/** One invocation's dealings with the database: until when, and what happened on the way. */
export interface Call {
  /** On the clock of `monotonicMillis`; no try starts after it. */
  deadline: number;
  /** SQLSTATEs (or socket errors) of the tries that failed and were made again. */
  retries: string[];
}

export interface RetryLimits {
  /** Tries of one call that met contention. */
  attempts: number;
}

/** Milliseconds of the first pause's upper bound; it doubles with each try. About the time that a posting holds its locks. */
const BASE_PAUSE_MILLIS = 4;
/** Milliseconds; a longer pause would only starve the unlucky. */
const MAX_PAUSE_MILLIS = 64;
/** A lost connection is opened anew this often: once for a socket that died in a freeze, once more for a restart. */
const MAX_RECONNECTS = 2;
/** Milliseconds before a new connection is tried, so that a restarting server is met when it is back. */
const RECONNECT_PAUSE_MILLIS = 100;

/** Runs `attempt` until it succeeds, the remedy runs out, or the deadline is near. Throws the error to tell the caller. */
export async function withRetries<Result>(
  call: Call,
  limits: RetryLimits,
  attempt: (refreshCredentials: boolean) => Promise<Result>,
): Promise<Result> {
  const tries = { contention: 1, connection: 0, password: 0, final: 0 };
  let refreshCredentials = false;
  for (;;) {
    try {
      return await attempt(refreshCredentials);
    } catch (error) {
      const failure = readFailure(error);
      const pause = pauseBeforeRetry(failure, tries, limits);
      if (pause === undefined || monotonicMillis() + pause >= call.deadline) {
        throw failure.error;
      }
      tries[failure.remedy] += 1;
      refreshCredentials = failure.remedy === 'password';
      call.retries.push(failure.code);
      await sleep(pause);
    }
  }
}

/** Milliseconds to wait before the whole transaction is sent again; undefined when it is not. */
function pauseBeforeRetry(
  { remedy }: Failure,
  tries: Record<Failure['remedy'], number>,
  limits: RetryLimits,
): number | undefined {
  switch (remedy) {
    case 'contention':
      // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
      return tries.contention < limits.attempts
        ? Math.random() * Math.min(MAX_PAUSE_MILLIS, BASE_PAUSE_MILLIS * 2 ** tries.contention)
        : undefined;
    case 'connection':
      return tries.connection < MAX_RECONNECTS ? RECONNECT_PAUSE_MILLIS * tries.connection : undefined;
    case 'password':
      return tries.password < 1 ? 0 : undefined;
    case 'final':
      return undefined;
  }
}
