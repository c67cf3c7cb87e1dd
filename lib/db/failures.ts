import { DatabaseError } from 'pg';
import { isErrorCode, WalletError } from '../base/errors';
import { isRemoteConflict } from './citus';

/**
 * What to do about a failed call.
 * - contention: another transaction was in the way and nothing was done; the session is fine.
 * - connection: the session is gone or was never there; whether the statement committed is unknown, so it may
 * be sent again only   because its idempotency key makes that safe.
 * - password: the login was refused; the credentials may have been rotated.
 * - final: trying again would not help.
 */
export type Remedy = 'contention' | 'connection' | 'password' | 'final';

export interface Failure {
  remedy: Remedy;
  /** Whether the session can serve the next call. */
  sessionUsable: boolean;
  /** What the caller is told when no try is left. */
  error: WalletError;
  /** For the log: the SQLSTATE, or the socket's error code. */
  code: string;
}

/** What sql/functions/refuse.sql raises. Its hint is the catalogue's code. */
const REFUSED = 'W0001';
/** What post_batch raises when a key of the batch was claimed after it was matched. */
const CLAIMED_MEANWHILE = 'W0002';

/**
 * 40001 serialization failure, 40P01 deadlock, 55P03 a row is locked
 * (https://www.postgresql.org/docs/17/errcodes-appendix.html).
 */
const CONTENTION = new Set(['40001', '40P01', '55P03']);
/** 28P01 and 28000: password refused. */
const PASSWORD = new Set(['28P01', '28000']);
/**
 * 25006: this server has become read-only, as the old writer after a failover. 57P0x: shut down, crashed,
 * starting up. 53300: no connection free.
 */
const CONNECTION = new Set(['25006', '57P01', '57P02', '57P03', '53300']);
/**
 * 57014: statement timeout. The 53 class: out of disk, memory or connections. 58: the server's own input or
 * output failed.
 */
const UNAVAILABLE = /^(57014|53|58)/;

/**
 * How our pool and RDS Proxy say that no session came free in time. (The proxy's words are known from its use
 * with MySQL; with PostgreSQL they are not proved.) A call that has waited so long is told so at once: one
 * more try would only make the queue longer.
 */
const NO_SESSION_FREE =
  /timeout exceeded when trying to connect|timed-?out waiting to acquire database connection/i;

/** Reads an error of the driver, the server or the socket. */
export function readFailure(error: unknown): Failure {
  if (error instanceof Error && NO_SESSION_FREE.test(error.message)) {
    return { remedy: 'final', sessionUsable: false, error: unavailable(error), code: 'no session free' };
  }
  if (error instanceof WalletError) {
    return { remedy: 'final', sessionUsable: true, error, code: error.code };
  }
  if (error instanceof DatabaseError) {
    return readServerError(error, error.code ?? 'unknown');
  }
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
    return {
      remedy: 'final',
      sessionUsable: false,
      error: new WalletError('INTERNAL', undefined, undefined, error),
      code: error.name,
    };
  }
  // Everything else that a query can throw comes from the socket or the driver's timers.
  const code = (error as NodeJS.ErrnoException)?.code ?? 'connection';
  return { remedy: 'connection', sessionUsable: false, error: unavailable(error), code };
}

function readServerError(error: DatabaseError, code: string): Failure {
  const sessionUsable = error.severity === 'ERROR' && !CONNECTION.has(code);
  if (code === REFUSED && isErrorCode(error.hint)) {
    return {
      remedy: 'final',
      sessionUsable,
      error: new WalletError(error.hint, error.message, parseDetails(error.detail)),
      code,
    };
  }
  if (CONTENTION.has(code) || isRemoteConflict(code, error.message)) {
    return {
      remedy: 'contention',
      sessionUsable,
      error: new WalletError('CONTENTION', undefined, undefined, error),
      code,
    };
  }
  // PgBouncer tells a wrong password as 08P01, a protocol violation.
  if (PASSWORD.has(code) || (code === '08P01' && /authentication failed/i.test(error.message))) {
    return { remedy: 'password', sessionUsable: false, error: unavailable(error), code };
  }
  // Class 08: connection exceptions, also as poolers report them.
  if (CONNECTION.has(code) || code.startsWith('08')) {
    return { remedy: 'connection', sessionUsable: false, error: unavailable(error), code };
  }
  if (code === CLAIMED_MEANWHILE) {
    return {
      remedy: 'final',
      sessionUsable,
      error: new WalletError('CONTENTION', undefined, undefined, error),
      code,
    };
  }
  const told = UNAVAILABLE.test(code)
    ? unavailable(error)
    : new WalletError('INTERNAL', undefined, undefined, error);
  return { remedy: 'final', sessionUsable, error: told, code };
}

/** Whether a batch failed because one of its keys was claimed after they were matched. */
export function claimedMeanwhile(error: unknown): boolean {
  return (
    error instanceof WalletError &&
    error.cause instanceof DatabaseError &&
    error.cause.code === CLAIMED_MEANWHILE
  );
}

function unavailable(cause: unknown): WalletError {
  return new WalletError('DATABASE_UNAVAILABLE', undefined, undefined, cause);
}

function parseDetails(detail: string | undefined): unknown {
  return detail ? JSON.parse(detail) : undefined;
}
