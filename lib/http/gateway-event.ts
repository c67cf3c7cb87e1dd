import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { groupValues } from '../base/groups';
import { monotonicMillis } from '../base/time';

/** What a request is made of, before it is an event. */
export interface HttpRequest {
  method: string;
  /** As in the route table: /api/balance/{userId}. */
  resource: string;
  /** Path and query as sent. */
  url: string;
  headers: Record<string, string[]>;
  /** As sent: percent-encoded. */
  pathParameters: Record<string, string>;
  body: Buffer | undefined;
  sourceIp: string;
  /** What an authorizer says of the caller. */
  authorizer?: { principalId: string; scopes: string } | undefined;
}

/**
 * A request as API Gateway REST (payload 1.0) hands it to a function. Bytes that are not text come in base64.
 */
export function toEvent(request: HttpRequest, requestId: string = randomUUID()): APIGatewayProxyEvent {
  const [sent = '/', search = ''] = splitOnce(request.url, '?');
  // A fragment belongs to no request; the router drops it, too.
  const [path = '/'] = splitOnce(sent, '#');
  const query = search === '' ? null : groupValues(new URLSearchParams(search));
  const isText = request.body === undefined || isUtf8(request.body);
  const userAgent = request.headers['user-agent']?.[0] ?? null;
  return {
    resource: request.resource,
    path,
    httpMethod: request.method,
    headers: lastValues(request.headers),
    multiValueHeaders: request.headers,
    queryStringParameters: query && lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(request.pathParameters).length === 0 ? null : request.pathParameters,
    stageVariables: null,
    body:
      request.body === undefined || request.body.length === 0
        ? null
        : request.body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      protocol: 'HTTP/1.1',
      stage: 'local',
      requestId,
      requestTimeEpoch: Date.now(),
      resourceId: 'local',
      resourcePath: request.resource,
      httpMethod: request.method,
      path,
      authorizer: request.authorizer ?? null,
      identity: {
        sourceIp: request.sourceIp,
        userAgent,
      } as APIGatewayProxyEvent['requestContext']['identity'],
    },
  };
}

/** The context of an invocation that has `timeoutMillis` from now. */
export function toContext(
  functionName: string,
  timeoutMillis: number,
  awsRequestId: string = randomUUID(),
): Context {
  const end = monotonicMillis() + timeoutMillis;
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(end - monotonicMillis())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

function lastValues(groups: Record<string, string[]>): Record<string, string> {
  const last: Record<string, string> = Object.create(null);
  for (const name in groups) {
    last[name] = groups[name]?.at(-1) ?? '';
  }
  return last;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
