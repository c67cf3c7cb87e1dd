import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { routeList } from '../../functions/routes';
import { toContext, toEvent } from '../../lib/http/gateway-event';
import { loadHandler } from './gateway';
import { main } from './main';
import { withApp } from './one-shot';

/** Milliseconds; API Gateway's own patience. */
const TIMEOUT_MILLIS = 29_000;

/**
 * One handler, one event: prints the reply, and ends with 1 when it is a refusal. The event may leave out
 * whatever it does not use; a body may be JSON in place of text.
 */
async function invoke(id: string | undefined, file: string | undefined): Promise<void> {
  const route = routeList.find((row) => row.id === id);
  if (route === undefined || file === undefined) {
    throw new Error(
      `usage: npm run invoke -- ROUTE event.json, ROUTE one of ${routeList.map((row) => row.id).join(', ')}`,
    );
  }
  const given = readEvent(file);
  await withApp(async () => {
    const handler = await loadHandler(route);
    const reply = await handler(
      complete(route.method, route.path, given),
      toContext(route.id, TIMEOUT_MILLIS),
    );
    process.stdout.write(`${JSON.stringify(reply, null, 2)}\n`);
    process.exitCode = reply.statusCode < 400 ? 0 : 1;
  });
}

function readEvent(file: string): Partial<APIGatewayProxyEvent> {
  try {
    const event: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      throw new Error('it is no JSON object');
    }
    return event;
  } catch (error) {
    throw new Error(`${file} cannot be read as an event: ${(error as Error).message}`, { cause: error });
  }
}

function complete(
  method: string,
  resource: string,
  given: Partial<APIGatewayProxyEvent>,
): APIGatewayProxyEvent {
  const base = toEvent({
    method,
    resource,
    url: resource.replace(/\{(\w+)\}/g, (field, name: string) => given.pathParameters?.[name] ?? field),
    headers: {},
    pathParameters: {},
    body: undefined,
    sourceIp: '127.0.0.1',
  });
  const headers = { 'content-type': 'application/json', ...given.headers };
  const body =
    typeof given.body === 'object' && given.body !== null ? JSON.stringify(given.body) : (given.body ?? null);
  const query = given.multiValueQueryStringParameters ?? eachInList(given.queryStringParameters ?? {});
  return {
    ...base,
    multiValueHeaders: eachInList(headers),
    ...given,
    headers,
    multiValueQueryStringParameters: query,
    body,
  };
}

function eachInList(values: Record<string, string | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value ?? '']]));
}

void main(() => invoke(process.argv[2], process.argv[3]));
