import { readFileSync } from 'node:fs';
import { globalAgent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { routeList } from '../../../functions/routes';
import { createGateway, type GatewayOptions } from '../../../infra/local/gateway';
import { authorizer } from '../../../lib/http/authorizer';
import type { LambdaHandler } from '../../../lib/http/endpoint';
import { AUDIENCE, type Issuer, startIssuer } from '../../support/issuer';
import { type Certificate, makeCertificate } from '../../support/tls';
import { key, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
const gateways: FastifyInstance[] = [];
const accessLog: unknown[] = [];
const open = async (options: Partial<GatewayOptions> = {}): Promise<FastifyInstance> => {
  const logger = {
    http: (facts: unknown) => accessLog.push(facts),
    error: () => undefined,
  } as unknown as GatewayOptions['logger'];
  const gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, ...options });
  gateways.push(gateway);
  return gateway;
};
const topup = () => ({
  method: 'POST' as const,
  url: '/api/transactions/topup',
  payload: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
});
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await wallet.close();
});

test('the gateway serves exactly the routes of the table', async () => {
  const gateway = await open();
  for (const route of routeList) {
    expect(gateway.hasRoute({ method: route.method, url: route.path.replace(/\{(\w+)\}/g, ':$1') })).toBe(
      true,
    );
  }
  for (const [method, url] of [
    ['GET', '/'],
    ['GET', '/api/balance'],
    ['GET', '/api/balance/user_001/'],
    ['DELETE', '/api/accounts/user_001'],
    ['POST', '/health'],
    ['GET', '/API/ASSETS'],
  ] as const) {
    const reply = await gateway.inject({ method, url });
    expect([url, reply.statusCode, reply.json().error.code]).toEqual([url, 404, 'ROUTE_NOT_FOUND']);
    expect(reply.json().error.requestId).toBe(reply.headers['x-request-id']);
  }
});

test('a handler gets a REST event of payload 1.0 with the request exactly as it was sent', async () => {
  const events: Parameters<LambdaHandler>[] = [];
  const handler: LambdaHandler = async (...args) => {
    events.push(args);
    return { statusCode: 200, body: '{}' };
  };
  const gateway = await open({ load: async () => handler });
  await gateway.inject({
    method: 'POST',
    url: '/api/transactions/topup?a=1&a=2&b=%20x',
    headers: { 'Content-Type': 'text/plain', 'X-Twice': 'one' },
    payload: 'not JSON',
  });
  await gateway.inject({ method: 'GET', url: '/api/balance/a%2Fb%3A' });
  expect(events[0]?.[0]).toMatchObject({
    resource: '/api/transactions/topup',
    path: '/api/transactions/topup',
    httpMethod: 'POST',
    headers: { 'content-type': 'text/plain', 'x-twice': 'one' },
    queryStringParameters: { a: '2', b: ' x' },
    multiValueQueryStringParameters: { a: ['1', '2'], b: [' x'] },
    pathParameters: null,
    body: 'not JSON',
    isBase64Encoded: false,
    requestContext: { requestId: expect.any(String), identity: { sourceIp: '127.0.0.1' }, stage: 'local' },
  });
  expect(events[1]?.[0]).toMatchObject({ pathParameters: { userId: 'a%2Fb%3A' }, body: null });
  const context = events[0]?.[1];
  expect(context?.awsRequestId).toBe(events[0]?.[0].requestContext.requestId);
  expect(context?.getRemainingTimeInMillis()).toBeGreaterThan(20_000);
});

test('bytes that are not text reach the handler unchanged, in base64', async () => {
  let event: Parameters<LambdaHandler>[0] | undefined;
  const gateway = await open({
    load: async () => async (given) => {
      event = given;
      return { statusCode: 200, body: '{}' };
    },
  });
  const bytes = Buffer.from([0xff, 0x00, 0xfe]);
  await gateway.inject({ ...topup(), payload: bytes });
  expect(event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
});

test('the gateway gives up on a handler after 29 seconds, as API Gateway does', async () => {
  const gateway = await open({ load: async () => () => new Promise(() => undefined) });
  await gateway.ready();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
  const pending = gateway.inject({ method: 'GET', url: '/health' });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  jest.advanceTimersByTime(29_000);
  jest.useRealTimers();
  const reply = await pending;
  expect([reply.statusCode, reply.json().error.retryable]).toEqual([500, true]);
});

test('the gateway refuses a body over 10 MB, and the handler one over 64 KB', async () => {
  const gateway = await open();
  for (const bytes of [10 * 1024 * 1024 + 1, 64 * 1024 + 1]) {
    const reply = await gateway.inject({
      ...topup(),
      headers: { 'content-type': 'application/json' },
      payload: 'x'.repeat(bytes),
    });
    expect([reply.statusCode, reply.json().error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  }
});

describe('the limit of requests a minute per IP', () => {
  const sendFrom = async (gateway: FastifyInstance, remoteAddress: string, times: number) => {
    const replies = [];
    for (let request = 0; request < times; request++) {
      replies.push(await gateway.inject({ method: 'GET', url: '/health', remoteAddress }));
    }
    return replies;
  };

  test('gives RateLimit headers, then 429 with Retry-After in the envelope', async () => {
    const replies = await sendFrom(await open({ rateLimitPerMinute: 3 }), '127.0.0.1', 4);
    expect(replies.map((reply) => reply.statusCode)).toEqual([200, 200, 200, 429]);
    expect(replies.map((reply) => reply.headers['ratelimit-remaining'])).toEqual(['2', '1', '0', '0']);
    expect(replies[0]?.headers).toMatchObject({
      'ratelimit-limit': '3',
      'ratelimit-reset': expect.any(String),
    });
    expect(replies[3]?.headers['retry-after']).toBeTruthy();
    expect(replies[3]?.json().error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  });

  test('is counted for each address separately', async () => {
    const gateway = await open({ rateLimitPerMinute: 1 });
    await sendFrom(gateway, '10.0.0.8', 2);
    expect((await sendFrom(gateway, '10.0.0.9', 1))[0]?.statusCode).toBe(200);
  });

  test('is 100 by default, except for callers on this machine', async () => {
    const gateway = await open({ rateLimitPerMinute: undefined });
    const statuses = async (address: string) =>
      (await sendFrom(gateway, address, 101)).map((reply) => reply.statusCode);
    expect((await statuses('10.0.0.8')).slice(99)).toEqual([200, 429]);
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect((await statuses(address)).at(-1)).toBe(200);
    }
  });
});

test('CORS allows every origin, or only the origins of the setting', async () => {
  const preflight = {
    method: 'OPTIONS' as const,
    url: '/api/assets',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
  };
  const anyone = await (await open()).inject(preflight);
  expect([anyone.statusCode, anyone.headers['access-control-allow-origin']]).toEqual([204, '*']);
  expect(anyone.headers['x-request-id']).toBeTruthy();
  const some = await open({ corsOrigin: 'https://a.example, https://b.example' });
  expect((await some.inject(preflight)).headers['access-control-allow-origin']).toBe('https://a.example');
  const stranger = { ...preflight, headers: { ...preflight.headers, origin: 'https://c.example' } };
  expect((await some.inject(stranger)).headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  ['what is no HTTP', 'NONSENSE\r\n\r\n', 400],
  ['a request without Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 200],
  [
    'an expectation that nobody meets',
    'GET /health HTTP/1.1\r\nHost: a\r\nExpect: foo\r\nConnection: close\r\n\r\n',
    400,
  ],
  ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['HEAD', 'HEAD /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ['OPTIONS', 'OPTIONS /nope HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 204],
])('the reply to %s has a request id, and its body is the envelope', async (_name, request, status) => {
  const gateway = await open();
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  const answer = await new Promise<string>((resolve) => {
    const socket = connect((gateway.server.address() as AddressInfo).port, '127.0.0.1', () =>
      socket.write(request),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/x-request-id: [0-9a-f-]{36}/);
  expect(body === '' ? [204, 404] : [JSON.parse(body).success ? 200 : 400]).toContain(status);
});

test('the handler of a GET refuses a request that has a body', async () => {
  const gateway = await open();
  const request = {
    method: 'GET' as const,
    url: '/api/assets',
    headers: { 'content-type': 'application/json' },
  };
  const reply = await gateway.inject({ ...request, payload: '{"colour":1}' });
  expect([reply.statusCode, reply.json().error.details]).toEqual([
    400,
    [{ path: 'colour', message: 'is not a field of this request' }],
  ]);
  expect((await gateway.inject(request)).statusCode).toBe(200);
});

test('the gateway refuses an unknown route before it looks at the body', async () => {
  const gateway = await open();
  const reply = await gateway.inject({
    method: 'POST',
    url: '/nope',
    payload: Buffer.alloc(11 * 1024 * 1024),
  });
  expect([reply.statusCode, reply.json().error.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
});

test('the access log has one line for each request, without its query', async () => {
  const gateway = await open();
  accessLog.length = 0;
  const reply = await gateway.inject({ method: 'GET', url: '/api/balance/user_001?assetCode=GOLD_COIN' });
  expect(accessLog).toEqual([
    {
      requestId: reply.headers['x-request-id'],
      method: 'GET',
      path: '/api/balance/user_001',
      status: 200,
      millis: expect.any(Number),
      ip: '127.0.0.1',
    },
  ]);
});

test('a closing gateway first answers the requests in flight', async () => {
  let arrived: (release: () => void) => void = () => undefined;
  const arrival = new Promise<() => void>((resolve) => {
    arrived = resolve;
  });
  const gateway = await open({
    load: async () => () =>
      new Promise((resolve) => arrived(() => resolve({ statusCode: 200, body: '{"success":true}' }))),
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  const inFlight = fetch(`${url}/health`);
  const release = await arrival;
  const closed = gateway.close();
  release();
  expect((await inFlight).status).toBe(200);
  await closed;
});

describe('with an authorizer (AUTH=jwt)', () => {
  let certificate: Certificate;
  let issuer: Issuer;
  let guarded: FastifyInstance;
  beforeAll(async () => {
    certificate = await makeCertificate();
    globalAgent.options.ca = readFileSync(certificate.certFile);
    issuer = await startIssuer(certificate);
    guarded = await open({
      authorizer: authorizer({ issuer: issuer.url, audiences: [AUDIENCE] }),
    });
  });
  afterAll(async () => {
    issuer.close();
    await certificate.remove();
  });
  const send = async (request: object, token?: string) => {
    const reply = await guarded.inject({
      ...request,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: reply.json(),
      code: reply.json().error?.code,
    };
  };

  test('a caller whose token has the scope may post, and the audit names that caller', async () => {
    const posted = await send(topup(), issuer.token({ sub: 'backend-7', scope: 'wallet:grant' }));
    expect(posted.status).toBe(201);
    const audit = { method: 'GET', url: `/api/ledger/${posted.body.data.transactionId}` };
    expect((await send(audit, issuer.token({ scope: 'wallet:read' }))).body.data.principal).toBe('backend-7');
  });

  test('no token gives 401 and a wrong scope gives 403, before the body is checked', async () => {
    const broken = { ...topup(), payload: { nonsense: true } };
    expect([(await send(broken)).status, (await send(broken)).code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await send(broken, 'nonsense')).code).toBe('UNAUTHENTICATED');
    const reading = issuer.token({ scope: 'wallet:read' });
    const { status, body } = await send(broken, reading);
    expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(body.error.details.scopes).toEqual(['wallet:grant', 'wallet:write', 'wallet:admin']);
    expect((await send(broken, issuer.token({ scope: 'wallet:spend' }))).code).toBe('FORBIDDEN');
    expect((await send(broken, issuer.token({ scope: 'wallet:admin' }))).code).toBe('VALIDATION_ERROR');
    expect((await send(broken, issuer.token())).code).toBe('VALIDATION_ERROR');
    expect((await send({ method: 'GET', url: '/api/nothing' })).code).toBe('ROUTE_NOT_FOUND');
  });

  test('the health check needs no token', async () => {
    expect((await send({ method: 'GET', url: '/health' })).status).toBe(200);
  });

  test('a failed fetch of the keys gives 500, and the token works afterwards', async () => {
    issuer.failing = true;
    const fresh = await open({ authorizer: authorizer({ issuer: issuer.url, audiences: [AUDIENCE] }) });
    const request = {
      method: 'GET' as const,
      url: '/api/assets',
      headers: { authorization: `Bearer ${issuer.token({ scope: 'wallet:read' })}` },
    };
    const reply = await fresh.inject(request);
    expect([reply.statusCode, reply.json().error.code]).toEqual([500, 'INTERNAL']);
    issuer.failing = false;
    expect((await fresh.inject(request)).statusCode).toBe(200);
  });

  test('the rate limit counts only requests without a token, and a missing token gives 401', async () => {
    const limited = await open({
      authorizer: authorizer({ issuer: issuer.url, audiences: [AUDIENCE] }),
      rateLimitPerMinute: 3,
    });
    const statuses = async (request: object) => {
      const replies = [];
      for (let count = 0; count < 5; count++) {
        replies.push((await limited.inject(request)).statusCode);
      }
      return replies;
    };
    const headers = { authorization: `Bearer ${issuer.token({ scope: 'wallet:read' })}` };
    expect(await statuses({ method: 'GET', url: '/api/assets', headers })).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses({ method: 'GET', url: '/api/assets' })).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses({ method: 'GET', url: '/health' })).toEqual([200, 200, 200, 429, 429]);
  });
});
