import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod';
import { type App, getApp } from '../app/app';
import type { RouteScope } from '../contract/scopes';
import type { Call } from '../db/retry';
import { jsonBody } from './body';
import { type Caller, requireScope } from './caller';
import { crossOrigin } from './cross-origin';
import { type HttpEvent, headerValues, type Middleware } from './event';
import { type Begun, observed } from './observe';
import { failure, success, table, toWalletError } from './replies';
import { type Input, type RequestSchemas, validated } from './validate';

/** What the wrapper needs of a route's row. */
export interface EndpointRow extends RequestSchemas {
  id: string;
  path: string;
  scope: RouteScope;
  reply: z.ZodType<object>;
  status: 200 | 201;
  /** The reply as rows of a table, for callers that accept text/csv. */
  csv?: (reply: never) => object[];
  maxBodyBytes?: number;
  timeoutSeconds?: number;
}

/**
 * What an endpoint's own code gets. `call` goes to every ledger method: it carries the deadline and counts
 * the retries.
 */
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
  /** Of an endpoint with idempotency keys: whether this is a replay of the first answer. */
  replayed?: boolean;
}

export type Run<Row extends EndpointRow> = (request: Request<Row>) => Promise<Outcome<Row>>;

export type LambdaHandler = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * The one road of every request: event -> scope -> body -> schemas -> `run` -> reply schema -> envelope.
 * Errors, wherever they rise, leave by their row of the catalogue. Nothing of a body or of metadata is
 * logged.
 */
export function endpoint<Row extends EndpointRow>(row: Row, run: Run<Row>): LambdaHandler {
  return middy<HttpEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 0 })
    .use(crossOrigin())
    .use(errorReply())
    .use(observed(row))
    .use(httpHeaderNormalizer())
    .use(admitted(row.scope))
    .use(jsonBody(row.maxBodyBytes))
    .use(validated(row))
    .handler<HttpEvent>(async (event) => {
      const { input, invocation } = event;
      const { requestId, caller, call } = invocation;
      const dryRun = asksForDryRun(input);
      const { data, created, replayed } = await run({
        input,
        caller,
        call: { ...call, dryRun },
        app: getApp(),
      });
      const reply = row.reply.parse(data);
      Object.assign(invocation, {
        transactionId: 'transactionId' in reply ? reply.transactionId : undefined,
        replayed,
        dryRun,
      });
      const status = created === false || dryRun ? 200 : row.status;
      if (row.csv !== undefined && asksForCsv(event)) {
        return table(requestId, status, row.csv(reply as never));
      }
      return success(requestId, status, dryRun ? { ...reply, dryRun } : reply, replayed === true);
    });
}

function asksForCsv(event: HttpEvent): boolean {
  return headerValues(event, 'accept').join().toLowerCase().includes('text/csv');
}

function asksForDryRun(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'dryRun' in input && input.dryRun === true;
}

/**
 * Our own in place of middy's http-error-handler, which answers with an error's message, and knows no
 * envelope.
 */
function errorReply(): Middleware<Partial<Begun>> {
  return {
    onError: (request) => {
      const requestId = request.event.invocation?.requestId ?? request.context.awsRequestId;
      request.response = failure(requestId, toWalletError(request.error));
    },
  };
}

function admitted(scope: RouteScope): Middleware<Begun> {
  return { before: ({ event }) => requireScope(event.invocation.caller, scope) };
}
