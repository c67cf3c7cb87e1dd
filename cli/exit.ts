import {
  AuthenticationError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  WalletError,
} from '../client/src/index.ts';

/** What a command ends with, for scripts. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  forbidden: 4,
  later: 5,
  stopped: 130,
} as const;

/** A command that is written wrongly, or a file that it names. */
export class UsageError extends Error {}

/** What may pass when the command is run again, such as a full disk. */
export class PassingError extends Error {}

/** Somebody pressed Ctrl-C. */
export class StoppedError extends Error {}

/** By what kind of failure it was: `later` may pass when it is sent again. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof StoppedError) {
    return EXIT.stopped;
  }
  if (error instanceof UsageError || error instanceof InvalidRequestError) {
    return EXIT.usage;
  }
  if (error instanceof NotFoundError) {
    return EXIT.notFound;
  }
  if (error instanceof AuthenticationError || error instanceof PermissionError) {
    return EXIT.forbidden;
  }
  const mayPass = error instanceof PassingError || (error instanceof WalletError && error.retryable);
  return mayPass ? EXIT.later : EXIT.refused;
}

/** What went wrong, in lines for people. */
export function explain(error: unknown): string {
  if (!(error instanceof WalletError)) {
    return (error as Error).message;
  }
  const details = Array.isArray(error.details)
    ? error.details.map(({ path, message }) => `  ${path} ${message}`)
    : Object.entries(error.details ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  return [`${error.code}: ${error.message}`, ...details].join('\n');
}

/** The same for scripts. */
export function explainAsJson(error: unknown): string {
  const { code, message, details, requestId } = error as Partial<WalletError>;
  return JSON.stringify({ error: { code, message, details, requestId } });
}

const FILE_FAULTS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be used by you',
  EPERM: 'it may not be used by you',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

/** Why a file could not be read or written. */
export function fileFault(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return FILE_FAULTS[code] ?? message;
}
