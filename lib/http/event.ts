import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';

/** What API Gateway hands a function: payload 1.0 or 2.0. */
export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * A part of the stack that every event goes through. `Added` is what it, or one before it, puts on the event.
 */
export type Middleware<Added = unknown> = MiddlewareObj<HttpEvent & Added, APIGatewayProxyResult>;

/**
 * Every value of a header, by its name in lower case. One that is sent twice is a list in payload 1.0 alone.
 */
export function headerValues(event: HttpEvent, name: string): string[] {
  if ('multiValueHeaders' in event && event.multiValueHeaders) {
    return event.multiValueHeaders[name] ?? [];
  }
  const value = event.headers?.[name];
  return value === undefined ? [] : [value];
}

/**
 * Each name of the query with each of its values. Payload 1.0 lists every value of each name, and 2.0 has the
 * raw text. A load balancer or a direct invocation may send one value for each name: middy's
 * http-event-normalizer would hide it behind an empty list.
 */
export function queryOf(event: HttpEvent): [name: string, value: string][] {
  if ('rawQueryString' in event) {
    return [...new URLSearchParams(event.rawQueryString)];
  }
  const values = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {};
  return Object.entries(values).flatMap(([name, given = []]) =>
    [given].flat().map((value): [string, string] => [name, value]),
  );
}

/**
 * Reads the parameters of a route such as /api/balance/{userId} from the path, as they were sent. API Gateway
 * names none where a path of another route stands for this one's: a user may be called `topup`
 * (infra/aws/api.ts, shadowsOf). The stage may stand before the path.
 */
export function paramsReader(routePath: string): (event: HttpEvent) => Record<string, string> {
  const pattern = new RegExp(`${routePath.replace(/\{(\w+)\}/g, '(?<$1>[^/]*)')}/?$`);
  return (event) => pattern.exec('rawPath' in event ? event.rawPath : event.path)?.groups ?? {};
}
