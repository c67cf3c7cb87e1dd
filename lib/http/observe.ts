import type { Context } from 'aws-lambda';
import { getApp } from '../app/app';
import { monotonicMillis } from '../base/time';
import type { Call } from '../db/retry';
import { type Caller, callerOf } from './caller';
import type { HttpEvent, Middleware } from './event';
import { toWalletError } from './replies';

/** Milliseconds kept back from the invocation's time to write the answer. */
const REPLY_RESERVE_MILLIS = 250;

/** One call of a handler: by whom, and until when. What came of it is there once the endpoint has run. */
export interface Invocation {
  requestId: string;
  startedAt: number;
  caller: Caller;
  call: Call;
  transactionId?: unknown;
  replayed?: boolean | undefined;
  dryRun?: boolean;
}

/** An event whose invocation has begun. */
export interface Begun {
  invocation: Invocation;
}

/** What it needs of a route's row. */
interface ObservedRow {
  id: string;
  /** Absent: a request has the service's budget. */
  timeoutSeconds?: number;
}

/** Begins the invocation, and reports to log and metrics what became of it. */
export function observed({ id, timeoutSeconds }: ObservedRow): Middleware<Begun> {
  return {
    before: ({ event, context }) => {
      event.invocation = begin(event, context, timeoutSeconds);
    },
    after: ({ event }) => observe(id, event),
    onError: ({ event, error }) => observe(id, event, error),
  };
}

function begin({ requestContext }: HttpEvent, context: Context, timeoutSeconds?: number): Invocation {
  const startedAt = monotonicMillis();
  // A posting that gives up early makes room for others: its key makes it safe to send again.
  const budget = timeoutSeconds === undefined ? getApp().requestBudgetMillis : timeoutSeconds * 1_000;
  const millis = Math.min(budget, context.getRemainingTimeInMillis());
  return {
    requestId: requestContext?.requestId ?? context.awsRequestId,
    startedAt,
    caller: callerOf(requestContext),
    call: { deadline: startedAt + millis - REPLY_RESERVE_MILLIS, retries: [] },
  };
}

/**
 * One line and one set of metrics per request: refusals and successes as info, retries as warnings, what
 * failed here as errors. An invocation that could not even begin has nothing to say.
 */
function observe(route: string, { invocation }: Partial<Begun>, thrown?: unknown): void {
  const { logger, meter } = getApp();
  const {
    requestId,
    caller,
    transactionId,
    replayed,
    dryRun,
    startedAt = monotonicMillis(),
    call,
  } = invocation ?? {};
  const retries = call?.retries ?? [];
  const error = thrown === undefined || thrown === null ? undefined : toWalletError(thrown);
  const latencyMillis = monotonicMillis() - startedAt;
  const facts = {
    requestId,
    route,
    principal: caller?.principal,
    latencyMillis: Math.round(latencyMillis * 100) / 100,
    // A field that is undefined is not in the line.
    transactionId,
    replayed: replayed || undefined,
    dryRun: dryRun || undefined,
    ...(retries.length > 0 && { retries: retries.length, retried: [...new Set(retries)] }),
  };
  if (error !== undefined && error.status >= 500) {
    logger.error('request failed', { ...facts, code: error.code, error: (error.cause ?? error) as Error });
  } else if (error !== undefined) {
    logger.info('request refused', { ...facts, code: error.code });
  } else if (retries.length > 0) {
    logger.warn('request done after retries', facts);
  } else {
    logger[replayed === undefined ? 'debug' : 'info']('request done', facts);
  }
  meter({ route, latencyMillis, retries, errorCode: error?.code, replayed });
}
