import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod';
import { type App, getApp } from '../app/app';
import { monotonicMillis } from '../base/time';
import type { RouteScope } from '../contract/scopes';
import type { Call } from '../db/retry';
import { MAX_BODY_BYTES, parseBody } from './body';
import { type Caller, requireScope } from './caller';
import { crossOrigin } from './cross-origin';
import { type Invocation, toInvocation } from './invocation';
import { failure, success, toWalletError } from './replies';
import { type Input, type RequestSchemas, validate } from './validate';

/** What the wrapper needs of a route's row. */
export interface EndpointRow extends RequestSchemas {
  id: string;
  path: string;
  scope: RouteScope;
  reply: z.ZodObject;
  status: 200 | 201;
  maxBodyBytes?: number;
}

/** What an endpoint's own code gets. `call` goes to every ledger method: it carries the deadline and counts the retries. */
export interface Request<Row extends EndpointRow> {
  input: Input<Row>;
  caller: Caller;
  call: Call;
  app: App;
}

export interface Outcome<Row extends EndpointRow> {
  data: z.input<Row['reply']>;
  /** false: it was there before, so the status is 200 in place of the row's 201. */
  created?: boolean;
  /** Of an endpoint with idempotency keys: whether this is the first answer told again. */
  replayed?: boolean;
}

export type Run<Row extends EndpointRow> = (request: Request<Row>) => Promise<Outcome<Row>>;

export type LambdaHandler = (
  event: APIGatewayProxyEvent | APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** How middy carries one event through its stack. */
interface Exchange {
  event: Invocation & { input: unknown; outcome?: Outcome<EndpointRow> };
  context: Context;
  response: APIGatewayProxyResult | null;
  error: Error | null;
}

/**
 * The one road of every request: event -> normalised -> scope -> body -> schemas -> `run` -> reply schema -> envelope. Errors, wherever they rise,
 * leave by their row of the catalogue. Nothing of a body or of metadata is logged.
 */
export function endpoint<Row extends EndpointRow>(row: Row, run: Run<Row>): LambdaHandler {
  const handler = async (event: Exchange['event']): Promise<APIGatewayProxyResult> => {
    const app = getApp();
    const { input, caller, call } = event;
    const outcome = await run({ input: input as Input<Row>, caller, call, app });
    event.outcome = outcome as Outcome<EndpointRow>;
    const status = outcome.created === false ? 200 : row.status;
    return success(event.requestId, status, row.reply.parse(outcome.data), outcome.replayed === true);
  };
  return middy({ timeoutEarlyInMillis: 0 })
    .use(crossOrigin())
    .use(told(row))
    .use(normalised(row))
    .use(admitted(row))
    .use(checked(row))
    .handler(handler as never) as unknown as LambdaHandler;
}

/** First in, last out: turns an error into its reply, and tells log and metrics what became of the request. */
function told(row: EndpointRow) {
  return {
    after: (exchange: Exchange) => observe(row, exchange),
    onError: (exchange: Exchange) => {
      const requestId = exchange.event.requestId ?? exchange.context.awsRequestId;
      exchange.response = failure(requestId, toWalletError(exchange.error));
      observe(row, exchange);
    },
  };
}

function normalised({ path }: EndpointRow) {
  return {
    before: (exchange: Exchange) => {
      exchange.event = { ...toInvocation(exchange.event as never, exchange.context, path), input: undefined };
    },
  };
}

function admitted({ scope }: EndpointRow) {
  return { before: ({ event }: Exchange) => requireScope(event.caller, scope) };
}

function checked(row: EndpointRow) {
  return {
    before: async ({ event }: Exchange) => {
      await parseBody(event, row.maxBodyBytes ?? MAX_BODY_BYTES);
      event.input = validate(row, event);
    },
  };
}

/** One line and one set of metrics per request: refusals and successes as info, retries as warnings, what failed here as errors. */
function observe(row: EndpointRow, { event, error }: Exchange): void {
  const { logger, meter } = getApp();
  const { requestId, caller, call, outcome, startedAt } = event;
  const told = error === null || error === undefined ? undefined : toWalletError(error);
  const latencyMillis = monotonicMillis() - (startedAt ?? monotonicMillis());
  const facts = {
    requestId,
    route: row.id,
    principal: caller?.principal,
    latencyMillis: Math.round(latencyMillis * 100) / 100,
    ...(outcome?.data.transactionId !== undefined && { transactionId: outcome.data.transactionId }),
    ...(outcome?.replayed && { replayed: true }),
    ...(call?.retries.length > 0 && { retries: call.retries.length, retried: [...new Set(call.retries)] }),
  };
  if (told !== undefined && told.status >= 500) {
    logger.error('request failed', { ...facts, code: told.code, error: (told.cause ?? told) as Error });
  } else if (told !== undefined) {
    logger.info('request refused', { ...facts, code: told.code });
  } else if (call.retries.length > 0) {
    logger.warn('request done after retries', facts);
  } else {
    logger[outcome?.replayed === undefined ? 'debug' : 'info']('request done', facts);
  }
  meter({ route: row.id, latencyMillis, retries: call?.retries ?? [], errorCode: told?.code, replayed: outcome?.replayed });
}
