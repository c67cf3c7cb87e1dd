import { type AddressInfo, connect } from 'node:net';
import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { routeList } from '../../functions/routes';
import { createGateway } from '../../infra/local/gateway';
import { errorCatalogue } from '../../lib/base/errors';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let gateway: FastifyInstance;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true },
  });
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
  gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
});

const RUNS = { numRuns: 200 };

/** The contract of any reply: the envelope, a status that belongs to its code, no 5xx. */
function expectEnvelope(status: number, text: string): void {
  const reply = JSON.parse(text);
  expect(status).toBeLessThan(500);
  if (reply.success) {
    expect([200, 201]).toContain(status);
    expect(reply).toEqual({ success: true, data: expect.any(Object) });
  } else {
    const { code, message, retryable, requestId } = reply.error;
    expect(errorCatalogue[code as keyof typeof errorCatalogue].status).toBe(status);
    expect([typeof message, typeof retryable, typeof requestId]).toEqual(['string', 'boolean', 'string']);
    // But for the paths of issues: those are the caller's own words.
    const ours = text.replace(/"path":"(?:[^"\\]|\\.)*"/g, '');
    expect(ours).not.toMatch(/node_modules|\.ts:|SELECT |at .*\(/);
  }
}

const route = fc.constantFrom(...routeList);
const pathOf = (path: string, parameter: string) => path.replace(/\{\w+\}/g, encodeURIComponent(parameter));
const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && text.length > 0);
const parameter = fc.oneof(
  fc.constantFrom(
    'user_001',
    'GOLD_COIN',
    'nobody',
    '$treasury',
    '..',
    '__proto__',
    '00000000-0000-7000-8000-000000000000',
  ),
  wellFormed,
);

/** Bodies that are nearly right, so that they get past the first check, and ones that are anything. */
const nearlyRight = fc.record(
  {
    userId: fc.oneof(fc.constant('user_001'), fc.jsonValue()),
    assetCode: fc.oneof(fc.constantFrom('GOLD_COIN', 'DIAMOND', 'GEM', 'GEM'), fc.jsonValue()),
    amount: fc.oneof(fc.constantFrom(1, '2.50', 0.1, 1e21, 1e-9, -0, '00'), fc.double(), fc.jsonValue()),
    idempotencyKey: fc.oneof(fc.string(), fc.jsonValue()),
    metadata: fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.jsonValue()),
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    scale: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.jsonValue()),
    fromUserId: fc.oneof(fc.constant('user_001'), fc.jsonValue()),
    toUserId: fc.oneof(fc.constant('user_002'), fc.jsonValue()),
    transactionId: fc.oneof(fc.uuid(), fc.jsonValue()),
    from: fc.oneof(fc.constant({ assetCode: 'GOLD_COIN', amount: 1 }), fc.jsonValue()),
    to: fc.oneof(fc.constant({ assetCode: 'DIAMOND', amount: '0.5' }), fc.jsonValue()),
    transactions: fc.oneof(
      fc.array(
        fc.record({
          type: fc.constantFrom('topup', 'purchase', 'transfer', 'gift'),
          userId: fc.constant('user_001'),
        }),
      ),
      fc.jsonValue(),
    ),
    expiresInSeconds: fc.oneof(fc.constantFrom(1, 600), fc.integer(), fc.jsonValue()),
    expiresAt: fc.oneof(
      fc.constantFrom('2999-01-01T00:00:00Z', '2001-01-01T00:00:00.5+14:00'),
      fc.date().map((date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString())),
      fc.jsonValue(),
    ),
    origin: fc.oneof(fc.constantFrom('paid', 'free'), fc.jsonValue()),
    source: fc.oneof(fc.constantFrom('shop', 'a.b_c-d'), fc.string(), fc.jsonValue()),
    priority: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.jsonValue()),
    cost: fc.oneof(
      fc.record({
        amount: fc.constantFrom(1, '0.000001', '0.0000001', 999_999_999_999_999),
        currency: fc.constant('EUR'),
      }),
      fc.jsonValue(),
    ),
    only: fc.oneof(
      fc.constantFrom({ origin: 'paid' }, { sources: ['shop'] }, { sources: [] }),
      fc.jsonValue(),
    ),
    lotId: fc.oneof(fc.uuid(), fc.jsonValue()),
    direction: fc.oneof(fc.constantFrom('credit', 'debit'), fc.jsonValue()),
    lots: fc.oneof(fc.boolean(), fc.jsonValue()),
    burnOrder: fc.oneof(fc.constantFrom('free-first', 'paid-first'), fc.jsonValue()),
    refundGraceSeconds: fc.oneof(fc.constant(0), fc.integer(), fc.jsonValue()),
    paidExpires: fc.oneof(fc.boolean(), fc.jsonValue()),
    reason: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    onInsufficientFunds: fc.oneof(fc.constantFrom('allow-negative', 'take-what-is-left'), fc.jsonValue()),
    status: fc.oneof(fc.constantFrom('active', 'frozen', 'closed'), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

test('every endpoint answers any JSON with a well-formed reply', async () => {
  await fc.assert(
    fc.asyncProperty(route, parameter, fc.oneof(nearlyRight, fc.jsonValue()), async (row, text, body) => {
      const reply = await gateway.inject({
        method: row.method,
        url: pathOf(row.path, text),
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(body) ?? '',
      });
      expectEnvelope(reply.statusCode, reply.body);
    }),
    RUNS,
  );
});

test('every endpoint answers any bytes in its body with a well-formed reply', async () => {
  await fc.assert(
    fc.asyncProperty(
      route,
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('application/json', 'text/plain', 'a', ''),
      async (row, bytes, type) => {
        const reply = await gateway.inject({
          method: row.method,
          url: pathOf(row.path, 'user_001'),
          headers: { 'content-type': type },
          payload: Buffer.from(bytes),
        });
        expectEnvelope(reply.statusCode, reply.body);
      },
    ),
    RUNS,
  );
});

test('every reading endpoint answers any query with a well-formed reply', async () => {
  const value = fc.oneof(
    fc.constantFrom(
      '1',
      '0',
      '200',
      'GOLD_COIN',
      'TOP_UP',
      '2024-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999Z',
      '1e3',
      'NaN',
      'day',
      'source',
      'active',
    ),
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  );
  const request = fc.constantFrom(...routeList.filter(({ method }) => method === 'GET')).chain((row) => {
    // A long poll would only wait.
    const names = Object.keys(row.query?.shape ?? {}).filter((name) => name !== 'waitSeconds');
    const own = fc.dictionary(fc.constantFrom(...names, 'none'), value).map((given) => Object.entries(given));
    const pairs = fc.oneof({ weight: 4, arbitrary: own }, fc.array(fc.tuple(fc.string(), value)));
    return fc.tuple(fc.constant(row.path), pairs);
  });
  await fc.assert(
    fc.asyncProperty(request, async ([path, pairs]) => {
      const url = `${pathOf(path, 'user_001')}?${new URLSearchParams(pairs)}`;
      const reply = await gateway.inject({ method: 'GET', url });
      expectEnvelope(reply.statusCode, reply.body);
    }),
    { numRuns: 400 },
  );
});

test('the history answers any text in the form of a cursor with a well-formed reply', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[0-9]{1,20}$/), fc.uuid(), async (micros, id) => {
      const cursor = Buffer.from(`${micros}.${id}`).toString('base64url');
      const reply = await gateway.inject({
        method: 'GET',
        url: `/api/transactions/user_001?cursor=${cursor}`,
      });
      expectEnvelope(reply.statusCode, reply.body);
    }),
    RUNS,
  );
});

/** What a socket gets back, up to the close that every one of these requests asks for. */
function exchange(bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect((gateway.server.address() as AddressInfo).port, '127.0.0.1', () =>
      socket.end(bytes),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

test('the server answers any headers and any request line with a well-formed reply, or closes', async () => {
  const header = fc.tuple(
    fc.oneof(
      fc.constantFrom('Idempotency-Key', 'Content-Type', 'Content-Length', 'Transfer-Encoding', '__proto__'),
      fc.string(),
    ),
    fc.uint8Array({ maxLength: 40 }),
  );
  const body = Buffer.from(JSON.stringify({ userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(header, { maxLength: 5 }),
      fc.constantFrom('POST /api/transactions/topup', 'GET /health', 'GET /%', 'BREW /', ''),
      async (headers, line) => {
        const lines = headers.map(([name, value]) =>
          Buffer.concat([Buffer.from(`${name}: `), Buffer.from(value), Buffer.from('\r\n')]),
        );
        const text = await exchange(
          Buffer.concat([
            Buffer.from(
              `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n`,
            ),
            ...lines,
            Buffer.from('\r\n'),
            body,
          ]),
        );
        const [head = '', content = ''] = text.split('\r\n\r\n');
        // A length that contradicts the body leaves the server waiting for the rest, and the close of the
        // sender ends it without a reply.
        if (text !== '') {
          expectEnvelope(Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), content);
        }
      },
    ),
    RUNS,
  );
});

test('the deepest JSON that fits is refused or stored, and never causes a crash', async () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  for (const levels of [100, 1000, 1300, 5000, 10_000]) {
    const payload = `{"userId":"user_001","assetCode":"GOLD_COIN","amount":1,"idempotencyKey":"deep-${levels}","metadata":${deep(levels)}}`;
    const reply = await gateway.inject({
      method: 'POST',
      url: '/api/transactions/topup',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expectEnvelope(reply.statusCode, reply.body);
  }
});
