import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { routes } from '../../../functions/routes';
import { loadHandler } from '../../../infra/local/gateway';
import { useApp } from '../../../lib/app/app';
import { createMeter } from '../../../lib/app/observability';
import { toContext, toEvent } from '../../../lib/http/gateway-event';
import { key, openWallet, readReply, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
beforeEach(() => {
  wallet.lines.length = 0;
});
afterAll(() => wallet.close());

const body = () => ({
  userId: 'user_001',
  assetCode: 'GOLD_COIN',
  amount: 1,
  idempotencyKey: key(),
  metadata: { card: '4111-1111' },
});
const logged = () => wallet.lines.map((line) => JSON.parse(line));

test('every reply is JSON, is not cached, and has security headers and the request id', async () => {
  for (const reply of [await wallet.call('system/health'), await wallet.call('wallet/topup', { body: {} })]) {
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  }
});

test('a posting logs one info line with route, transaction and latency, but not the body', async () => {
  const reply = await wallet.call('wallet/topup', { body: body() });
  expect(logged()).toEqual([
    expect.objectContaining({
      level: 'INFO',
      route: 'wallet/topup',
      requestId: reply.headers['x-request-id'],
      transactionId: reply.body.data.transactionId,
      latencyMillis: expect.any(Number),
    }),
  ]);
  expect(wallet.lines.join()).not.toMatch(/4111|metadata|user_001/);
});

test('a refusal logs an info line with its code, and a read logs a debug line', async () => {
  await wallet.call('wallet/purchase', { body: { ...body(), amount: 1e9 } });
  await wallet.call('wallet/balance', { path: { userId: 'user_001' } });
  expect(logged().map(({ level, code }) => [level, code])).toEqual([
    ['INFO', 'INSUFFICIENT_FUNDS'],
    ['DEBUG', undefined],
  ]);
});

test('payload 2.0 is answered like payload 1.0', async () => {
  const event = {
    version: '2.0',
    rawPath: '/api/transactions/user_001',
    rawQueryString: 'limit=1',
    headers: {},
    pathParameters: { userId: 'user_001' },
    queryStringParameters: { limit: '1' },
    requestContext: { requestId: 'two-point-zero' },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const handler = await loadHandler(routes['wallet/history']);
  const reply = readReply(await handler(event, toContext('wallet/history', 5000)));
  expect([reply.status, reply.headers['x-request-id'], reply.body.data.transactions.length]).toEqual([
    200,
    'two-point-zero',
    1,
  ]);
});

test('the query is read from an event that has one value for each name', async () => {
  const event = {
    httpMethod: 'GET',
    path: '/api/transactions/user_001',
    pathParameters: { userId: 'user_001' },
    headers: {},
    queryStringParameters: { limit: '1', type: 'GIFT' },
    multiValueQueryStringParameters: null,
    requestContext: { requestId: 'r' },
  } as never;
  const reply = readReply(
    await (await loadHandler(routes['wallet/history']))(event, toContext('wallet/history', 5000)),
  );
  expect(reply.body.error.details).toEqual([{ path: 'type', message: expect.any(String) }]);
});

test('a body in base64 is read, and refused when it is not text', async () => {
  const handler = await loadHandler(routes['wallet/topup']);
  const send = async (bytes: Buffer) => {
    const event = {
      headers: { 'Content-Type': 'application/json' },
      body: bytes.toString('base64'),
      isBase64Encoded: true,
      requestContext: { requestId: 'r' },
    } as never;
    return readReply(await handler(event, toContext('wallet/topup', 5000)));
  };
  expect((await send(Buffer.from(JSON.stringify(body())))).status).toBe(201);
  expect((await send(Buffer.from([0x22, 0xff, 0x22]))).body.error.code).toBe('MALFORMED_JSON');
});

test('the caller is recorded on the transaction', async () => {
  const handler = await loadHandler(routes['wallet/topup']);
  const event = {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body()),
    requestContext: { requestId: 'r', authorizer: { principalId: 'game-backend', scopes: 'wallet:grant' } },
  } as never;
  const reply = readReply(await handler(event, toContext('wallet/topup', 5000)));
  expect(
    await wallet.sql('SELECT principal FROM transactions WHERE id = $1', [reply.body.data.transactionId]),
  ).toEqual([{ principal: 'game-backend' }]);
});

test('metrics use CloudWatch’s embedded format, with counts by route and refusals by code', () => {
  const printed: string[] = [];
  const spy = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => printed.push(String(line)) > 0);
  const meter = createMeter({ ...wallet.config, metrics: true });
  meter({ route: 'wallet/topup', latencyMillis: 5, retries: ['40001'], replayed: false });
  meter({ route: 'wallet/topup', latencyMillis: 5, retries: [], replayed: true });
  meter({ route: 'wallet/topup', latencyMillis: 5, retries: [], errorCode: 'CONTENTION' });
  spy.mockRestore();
  const lines = printed
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { route: 'wallet/topup', Latency: 5, Retries: 1, Contention: 0, Postings: 1 },
    { route: 'wallet/topup', Replays: 1 },
    { route: 'wallet/topup', Contention: 1 },
    { code: 'CONTENTION', Refusals: 1 },
  ]);
  expect(lines[0]._aws.CloudWatchMetrics[0]).toMatchObject({
    Namespace: 'Wallet',
    Dimensions: [['service'], ['service', 'route']],
  });
});

test('a path parameter that API Gateway does not name is read from the path', async () => {
  await wallet.call('admin/put-account', { path: { userId: 'topup' } });
  const handler = await loadHandler(routes['wallet/history']);
  const url = '/api/transactions/topup';
  const event = toEvent({
    method: 'GET',
    resource: url,
    url,
    headers: {},
    pathParameters: {},
    body: undefined,
    sourceIp: '127.0.0.1',
  });
  const reply = readReply(await handler(event, toContext('wallet/history', 5_000)));
  expect([reply.status, reply.body.data.userId]).toEqual([200, 'topup']);
});

describe('pages of other origins', () => {
  const asked = (origin?: string) =>
    wallet.call('system/health', origin === undefined ? {} : { headers: { origin } });
  afterEach(() => useApp(wallet.app));

  test('get no CORS headers where the host in front sets them itself', async () => {
    expect(Object.keys((await asked('https://a.example')).headers).join()).not.toMatch(/access-control/i);
  });

  test('may read replies and refusals only if the setting names their origin', async () => {
    useApp({ ...wallet.app, corsOrigins: ['https://a.example', 'https://b.example'] });
    const reply = await asked('https://b.example');
    expect(reply.headers).toMatchObject({
      'Access-Control-Allow-Origin': 'https://b.example',
      'Access-Control-Expose-Headers': 'x-request-id,idempotency-replayed,retry-after',
      Vary: 'Origin',
      'content-type': 'application/json; charset=utf-8',
    });
    const refusal = await wallet.call('wallet/topup', { body: {}, headers: { origin: 'https://a.example' } });
    expect([refusal.status, refusal.headers['Access-Control-Allow-Origin']]).toEqual([
      400,
      'https://a.example',
    ]);
    for (const stranger of ['https://c.example', 'https://a.example.evil', undefined]) {
      expect((await asked(stranger)).headers['Access-Control-Allow-Origin']).toBeUndefined();
    }
  });
});
