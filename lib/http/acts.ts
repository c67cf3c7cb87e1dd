import type { App } from '../app/app';
import type { Caller } from './caller';

/** Logs an administrative act. Names and reasons stay in the database: they may be about a person. */
export function logAct(
  { logger }: App,
  { act }: { act: string | null },
  { principal }: Caller,
  target: { userId?: string; assetCode?: string } = {},
): void {
  if (act !== null) {
    logger.info('administrative act', { act, principal, ...target });
  }
}
