import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { groupValues } from '../base/groups';
import { monotonicMillis } from '../base/time';
import type { Call } from '../db/retry';
import { type Caller, callerOf } from './caller';

/** Milliseconds kept back from the invocation's time to write the answer. */
const REPLY_RESERVE_MILLIS = 250;

/** One event, normalised: the same for API Gateway's payload 1.0 and 2.0. The body parser works on `headers` and `body`. */
export interface Invocation {
  requestId: string;
  startedAt: number;
  caller: Caller;
  /** Names in lower case; every value that was sent. */
  headers: Record<string, string[]>;
  params: Record<string, string>;
  query: Record<string, string[]>;
  /** Text, and parsed JSON once the parser has run; null when there is none. */
  body: unknown;
  isBase64Encoded: boolean;
  call: Call;
}

/** `routePath` is the row's, such as /api/balance/{userId}. */
export function toInvocation(
  event: APIGatewayProxyEvent | APIGatewayProxyEventV2,
  context: Context,
  routePath: string,
): Invocation {
  const startedAt = monotonicMillis();
  return {
    requestId: event.requestContext?.requestId ?? context.awsRequestId,
    startedAt,
    caller: callerOf(event.requestContext),
    headers: headersOf(event),
    params:
      event.pathParameters || !routePath.includes('{')
        ? definedValues(event.pathParameters ?? {})
        : paramsFromPath(event, routePath),
    query: queryOf(event),
    body: event.body === undefined || event.body === '' ? null : event.body,
    isBase64Encoded: event.isBase64Encoded ?? false,
    call: { deadline: startedAt + context.getRemainingTimeInMillis() - REPLY_RESERVE_MILLIS, retries: [] },
  };
}

/**
 * API Gateway names no parameters where a path of another route stands for this one's: a user may be called `topup`
 * (infra/aws/api.ts, shadowsOf). The stage may stand before the path.
 */
function paramsFromPath(event: APIGatewayProxyEvent | APIGatewayProxyEventV2, routePath: string): Record<string, string> {
  const path = 'rawPath' in event ? event.rawPath : (event.path ?? '');
  return new RegExp(`${routePath.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path)?.groups ?? {};
}

/**
 * API Gateway's payload 1.0 lists every value of each name. A load balancer or a direct invocation may send one value
 * for each name. Payload 2.0 has the raw text.
 */
function queryOf(event: APIGatewayProxyEvent | APIGatewayProxyEventV2): Record<string, string[]> {
  if ('multiValueQueryStringParameters' in event && event.multiValueQueryStringParameters) {
    return definedValues(event.multiValueQueryStringParameters);
  }
  if ('rawQueryString' in event) {
    return groupValues(new URLSearchParams(event.rawQueryString));
  }
  return groupValues(Object.entries(definedValues(event.queryStringParameters ?? {})));
}

function headersOf(event: APIGatewayProxyEvent | APIGatewayProxyEventV2): Record<string, string[]> {
  const all: Record<string, string | string[] | undefined> =
    ('multiValueHeaders' in event && event.multiValueHeaders) || event.headers || {};
  const headers: Record<string, string[]> = Object.create(null);
  for (const name in all) {
    const value = all[name];
    if (value !== undefined) {
      headers[name.toLowerCase()] = typeof value === 'string' ? [value] : value;
    }
  }
  return headers;
}

function definedValues<Value>(values: Record<string, Value | undefined>): Record<string, Value> {
  const defined: Record<string, Value> = Object.create(null);
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) {
      defined[name] = value;
    }
  }
  return defined;
}
