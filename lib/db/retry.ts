import { monotonicMillis, sleep } from '../base/time';
import { type Failure, readFailure } from './failures';

/** One invocation's dealings with the database: until when, and what happened on the way. */
export interface Call {
  /** On the clock of `monotonicMillis`; no try starts after it. */
  deadline: number;
  /** SQLSTATEs (or socket errors) of the tries that failed and were made again. */
  retries: string[];
  /**
   * Whether everything is decided and nothing done: each statement runs in a transaction that is rolled back.
   */
  dryRun?: boolean;
}

export interface RetryLimits {
  /** Tries of one call that met contention. */
  attempts: number;
}

/** Milliseconds; about ten times what a posting holds its locks. Most collisions are of two, and end here. */
const FIRST_PAUSE_MILLIS = 8;
/**
 * Milliseconds. Who fails again stands in a crowd: the bound jumps, so that the crowd thins out, and then
 * falls with each try, so that who has waited longest tries most often. (A bound that grows does the
 * opposite: it starves the unlucky.)
 */
const CROWD_PAUSE_MILLIS = { longest: 128, lessPerTry: 6, shortest: 64 };
/**
 * A lost connection is opened anew this often: once for a socket that died in a freeze, once more for a
 * restart.
 */
const MAX_RECONNECTS = 2;
/** Milliseconds before a new connection is tried, so that a restarting server is met when it is back. */
const RECONNECT_PAUSE_MILLIS = 100;

/**
 * Runs `attempt` until it succeeds, the remedy runs out, or the deadline is near. Throws the error to tell
 * the caller.
 */
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
      return tries.contention < limits.attempts ? Math.random() * longestPause(tries.contention) : undefined;
    case 'connection':
      return tries.connection < MAX_RECONNECTS ? RECONNECT_PAUSE_MILLIS * tries.connection : undefined;
    case 'password':
      return tries.password < 1 ? 0 : undefined;
    case 'final':
      return undefined;
  }
}

/**
 * Milliseconds; the pause is anything up to it (full jitter), after the `failed`-th try that met contention.
 */
function longestPause(failed: number): number {
  const { longest, lessPerTry, shortest } = CROWD_PAUSE_MILLIS;
  return failed === 1 ? FIRST_PAUSE_MILLIS : Math.max(shortest, longest - lessPerTry * (failed - 2));
}
