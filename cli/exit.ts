import { AuthenticationError, NotFoundError, PermissionError, WalletError } from '../client/src/index.ts';

/** What a command ends with, for scripts. 2 is of a command that is written wrongly. */
export const EXIT = { done: 0, refused: 1, usage: 2, notFound: 3, forbidden: 4, later: 5 } as const;

/** By what kind of failure it was: `later` may pass when it is sent again. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NotFoundError) {
    return EXIT.notFound;
  }
  if (error instanceof AuthenticationError || error instanceof PermissionError) {
    return EXIT.forbidden;
  }
  return error instanceof WalletError && error.retryable ? EXIT.later : EXIT.refused;
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
