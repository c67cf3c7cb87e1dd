import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { APIGatewayProxyResult } from 'aws-lambda';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { v4 } from 'uuid';
import { type Route, routeList } from '../../functions/routes';
import { isLoopback, splitList } from '../../lib/app/config';
import { invalid, WalletError } from '../../lib/base/errors';
import { groupValues } from '../../lib/base/groups';
import { EXPOSED_HEADERS } from '../../lib/contract/common';
import type { Authorizer } from '../../lib/http/authorizer';
import type { ConsoleHandler } from '../../lib/http/console';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { toContext, toEvent } from '../../lib/http/gateway-event';
import { failure } from '../../lib/http/replies';
import { type Authorized, authorize } from './authorize';
import { addConsole } from './console';
import { addDocs } from './docs';
import type { Logs } from './logs';
import { DrainingServer, PATIENCE, type Patience } from './server';

/** The access log is `http`, less severe than `info`. */
type GatewayLogger = Pick<Logs['logger'], 'http' | 'error'>;

export interface GatewayOptions {
  /**
   * Requests a minute per IP, of callers without a token; 0 turns the limit off. Absent: 100, and callers on
   * this machine have no limit.
   */
  rateLimitPerMinute?: number | undefined;
  /** `*`, or origins separated by commas. */
  corsOrigin: string;
  /** Asked before every route that is not public; absent: everybody may call everything. */
  authorizer?: Authorizer | undefined;
  /** Serves /console; absent: there is none. */
  console?: ConsoleHandler;
  /** Finds a route's handler. */
  load?: (route: Route) => Promise<LambdaHandler>;
  /** Time limits for slow clients. */
  patience?: Patience;
  logger: GatewayLogger;
}

/** What the authorizer said of the caller of each request. */
type Callers = WeakMap<FastifyRequest, Authorized>;

const DEFAULT_RATE_LIMIT_PER_MINUTE = 100;
/** Milliseconds after which API Gateway gives up on an integration. */
const INTEGRATION_TIMEOUT_MILLIS = 29_000;
/** Bytes of a request that API Gateway takes. Endpoints have their own, smaller limit. */
const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
/**
 * Characters of a path parameter: as long as a whole request line may be, so that a handler is the one to
 * refuse it.
 */
const MAX_PARAMETER_LENGTH = 16 * 1024;

/** API Gateway's place on this machine: the same handlers, true events, and what API Gateway enforces. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const callers: Callers = new WeakMap();
  const app = Fastify({
    bodyLimit: MAX_PAYLOAD_BYTES,
    exposeHeadRoutes: false,
    // What arrives while in-flight requests drain is answered like them, not in a form of the server's own.
    return503OnClosing: false,
    serverFactory: (handler) =>
      new DrainingServer(options.patience ?? PATIENCE, { requireHostHeader: false }).on('request', handler),
    genReqId: () => v4(),
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    clientErrorHandler: refuseBrokenHttp,
    frameworkErrors: (_error, request, reply) => {
      send(reply, failure(request.id, invalid('path', 'is not a valid URL')));
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.is404 && request.method !== 'OPTIONS') {
      send(reply, noRoute(request));
      return reply;
    }
  });
  app.server.on('checkExpectation', (_request, response) =>
    answer(response, invalid('expect', 'is not an expectation that is met here')),
  );
  app.server.on('connect', (_request, socket) => refuseBrokenHttp(new Error('CONNECT'), socket as Socket));
  await app.register(cors, {
    strictPreflight: false,
    origin: options.corsOrigin === '*' ? '*' : splitList(options.corsOrigin),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [...EXPOSED_HEADERS, 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  });
  if (options.rateLimitPerMinute !== 0) {
    await app.register(rateLimit, {
      max: options.rateLimitPerMinute ?? DEFAULT_RATE_LIMIT_PER_MINUTE,
      // The limit is for strangers: a caller with a token is known, and a backend on this machine may test
      // its load.
      allowList: (request) =>
        callers.has(request) || (options.rateLimitPerMinute === undefined && isLoopback(request.ip)),
      timeWindow: '1 minute',
      enableDraftSpec: true,
      errorResponseBuilder: (_request, { after }) =>
        new WalletError('RATE_LIMITED', `too many requests, send it again in ${after}`),
    });
  }
  // Bodies go on as they came, those of a GET too: the handlers judge them.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((request, reply) => {
    send(reply, noRoute(request));
  });
  app.setErrorHandler((error, request, reply) => {
    send(reply, failure(request.id, readError(error, options.logger)));
  });
  app.addHook('onResponse', async (request, reply) => {
    const { id: requestId, method, ip } = request;
    const millis = Math.round(reply.elapsedTime * 100) / 100;
    options.logger.http(
      { requestId, method, path: pathOf(request), status: reply.statusCode, millis, ip },
      'request',
    );
  });
  addDocs(app);
  addConsole(app, options.console);
  for (const route of routeList) {
    addRoute(app, route, await (options.load ?? loadHandler)(route), options.authorizer, callers);
  }
  return app;
}

/** The file that the route's id names. */
export async function loadHandler(route: Route): Promise<LambdaHandler> {
  const { handler } = (await import(`../../functions/${route.id}.ts`)) as { handler: LambdaHandler };
  return handler;
}

function addRoute(
  app: FastifyInstance,
  route: Route,
  handler: LambdaHandler,
  authorizer: Authorizer | undefined,
  callers: Callers,
): void {
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(authorizer !== undefined &&
      route.scope !== 'public' && {
        onRequest: async (request) => {
          callers.set(
            request,
            await authorize(authorizer, request.method, pathOf(request), request.headers.authorization),
          );
        },
      }),
    handler: async (request, reply) => {
      const event = toEvent(
        {
          method: request.method,
          resource: route.path,
          url: request.raw.url ?? '/',
          headers: headersOf(request.raw),
          pathParameters: encodeValues(request.params as Record<string, string>),
          body: Buffer.isBuffer(request.body) ? request.body : undefined,
          sourceIp: request.ip,
          authorizer: callers.get(request),
        },
        request.id,
      );
      const context = toContext(route.id, INTEGRATION_TIMEOUT_MILLIS, request.id);
      send(reply, await withinTimeout(handler(event, context)));
      return reply;
    },
  });
}

/**
 * Rejects when a handler outlives the integration's time; its answer, if it comes, is lost as it is behind
 * API Gateway.
 */
async function withinTimeout<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new WalletError('INTERNAL', 'the service did not answer in time')),
      INTEGRATION_TIMEOUT_MILLIS,
    );
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error of the server itself as a row of the catalogue. */
function readError(error: unknown, logger: GatewayLogger): WalletError {
  if (error instanceof WalletError) {
    return error;
  }
  switch ((error as { statusCode?: number }).statusCode) {
    case 413:
      return new WalletError('PAYLOAD_TOO_LARGE');
    case 415:
      return new WalletError('UNSUPPORTED_MEDIA_TYPE', 'the content-type must be application/json');
    case 400:
      return new WalletError('MALFORMED_JSON', 'the body did not arrive as announced');
    default:
      logger.error({ err: error }, 'the gateway failed');
      return new WalletError('INTERNAL');
  }
}

function noRoute(request: FastifyRequest): APIGatewayProxyResult {
  return failure(
    request.id,
    new WalletError('ROUTE_NOT_FOUND', `no endpoint ${request.method} ${pathOf(request)}`),
  );
}

function answer(response: ServerResponse, error: WalletError): void {
  const { statusCode, headers, body } = failure(v4(), error);
  response
    .writeHead(statusCode, {
      ...(headers as Record<string, string>),
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
}

/** What does not arrive in time, or does not even parse as HTTP, still gets the envelope. */
function refuseBrokenHttp(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const isLate = (error as NodeJS.ErrnoException).code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const refusal = isLate
    ? invalid('request', 'did not arrive in time')
    : invalid('headers', 'the request is not valid HTTP');
  const { headers, body } = failure(v4(), refusal);
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function send(reply: FastifyReply, result: APIGatewayProxyResult): void {
  reply
    .code(result.statusCode)
    .headers((result.headers ?? {}) as Record<string, string>)
    .send(result.body);
}

function headersOf({ rawHeaders }: IncomingMessage): Record<string, string[]> {
  return groupValues(pairsOf(rawHeaders));
}

function* pairsOf(namesAndValues: string[]): Generator<[string, string]> {
  for (let at = 0; at < namesAndValues.length; at += 2) {
    yield [(namesAndValues[at] ?? '').toLowerCase(), namesAndValues[at + 1] ?? ''];
  }
}

function encodeValues(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
