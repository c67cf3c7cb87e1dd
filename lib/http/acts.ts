import type { App } from '../app/app';
import type { Acted } from '../db/rows';
import type { Caller } from './caller';

/** Tells an administrative act to the log. Names and reasons stay in the database: they may be about a person. */
export function logAct(
  { logger }: App,
  { act }: Acted,
  { principal }: Caller,
  target: { userId: string } | { assetCode: string },
): void {
  if (act !== null) {
    logger.info('administrative act', { act, principal, ...target });
  }
}
