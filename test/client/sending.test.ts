import type { SignableRequest } from '../../client/src';
import { ConnectionError, RateLimitError, ServiceError, TimeoutError, WalletClient } from '../../client/src';
import { listening } from '../support/gateway';
import { type Answering, json, type LocalServer, refuse, serve } from '../support/http-server';
import { discrepancies } from '../support/reconcile';
import { openAccounts, openWallet, type TestWallet } from '../support/wallet';

const TOPUP = { userId: 'ada', assetCode: 'GOLD_COIN', amount: '25.10' };
const done = json(201, { success: true, data: { newBalance: 25.1 } });
const busy = refuse(503, 'CONTENTION', true);
const silent: Answering = () => undefined;

let server: LocalServer;
afterEach(() => server?.close());

/** A client of a server that behaves so. */
async function clientOf(...answering: Answering[]): Promise<WalletClient> {
  server = await serve(...answering);
  return new WalletClient({ baseUrl: server.url });
}

const keysSent = (): string[] => server.received.map(({ body }) => JSON.parse(body).idempotencyKey);

describe('a request is sent again', () => {
  test('with the same key, after a temporary failure', async () => {
    const reset: Answering = (response) => response.destroy();
    const client = await clientOf(
      busy,
      refuse(429, 'RATE_LIMITED', true, { 'retry-after': '0' }),
      reset,
      done,
    );
    expect(await client.topup(TOPUP)).toEqual({ newBalance: 25.1 });
    expect(keysSent()).toEqual(Array(4).fill(expect.stringMatching(/^[0-9a-f-]{36}$/)));
    expect(new Set(keysSent()).size).toBe(1);
    expect(JSON.parse(server.received[3]?.body ?? '')).toMatchObject(TOPUP);
  });

  test('with the key that the caller gave', async () => {
    const client = await clientOf(busy, done);
    await client.topup({ ...TOPUP, idempotencyKey: 'order-1' });
    expect(keysSent()).toEqual(['order-1', 'order-1']);
  });

  test('with the keys of a batch’s elements', async () => {
    const client = await clientOf(busy, done);
    const element = { type: 'topup', ...TOPUP } as const;
    await client.batch({ transactions: [element, { ...element, idempotencyKey: 'order-2' }] });
    const [first, second] = server.received.map(({ body }) => body);
    expect(second).toBe(first);
    expect(JSON.parse(second ?? '')).toEqual({
      transactions: [
        { ...element, idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        { ...element, idempotencyKey: 'order-2' },
      ],
    });
  });

  test('no sooner than Retry-After says', async () => {
    const client = await clientOf(refuse(429, 'RATE_LIMITED', true, { 'retry-after': '1' }), done);
    const start = performance.now();
    await client.topup(TOPUP);
    // A timer may be a millisecond early.
    expect(performance.now() - start).toBeGreaterThan(998);
  });

  test('but not when Retry-After is past the deadline', async () => {
    const client = await clientOf(refuse(429, 'RATE_LIMITED', true, { 'retry-after': '3600' }));
    const refused = await client.topup(TOPUP).catch((error) => error);
    expect(refused).toBeInstanceOf(RateLimitError);
    expect(refused.retryAfterMillis).toBe(3_600_000);
    expect(server.received).toHaveLength(1);
  });

  test('only as often as `attempts` allows, and the error carries what was sent', async () => {
    const client = await clientOf(busy);
    const refused = await client.topup(TOPUP, { attempts: 2 }).catch((error) => error);
    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({ code: 'CONTENTION', status: 503, requestId: 'r-1', retryable: true });
    expect(refused.sent).toEqual({ ...TOPUP, idempotencyKey: keysSent()[0] });
    expect(server.received).toHaveLength(2);
  });

  test.each([
    [422, 'INSUFFICIENT_FUNDS', false],
    [404, 'PROOF_PENDING', true],
  ])('but not after %d %s', async (status, code, retryable) => {
    const client = await clientOf(refuse(status, code, retryable));
    await expect(client.topup(TOPUP)).rejects.toMatchObject({ code, retryable });
    expect(server.received).toHaveLength(1);
  });
});

describe('with the service', () => {
  let wallet: TestWallet;
  let gateway: Awaited<ReturnType<typeof listening>>;
  beforeAll(async () => {
    wallet = await openWallet({ service: { logLevel: 'error' } });
    gateway = await listening(wallet);
    await openAccounts(wallet, 'ada');
  });
  afterAll(async () => {
    expect(await discrepancies(wallet)).toEqual({});
    await gateway.close();
    await wallet.close();
  });

  test('when the connection breaks after the posting, money moves only once', async () => {
    const passOn = async (request: Parameters<Answering>[1]) => {
      const { url, method, body } = request;
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(gateway.url + url, { method, headers, ...(body && { body }) });
      return { reply, text: await reply.text() };
    };
    const client = await clientOf(
      async (response, request) => {
        expect((await passOn(request)).reply.status).toBe(201);
        response.destroy();
      },
      async (response, request) => {
        const { reply, text } = await passOn(request);
        response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(text);
      },
    );
    const { data, status, requestId, replayed, headers } = await client.topup(TOPUP).withResponse();
    expect([status, replayed, data.newBalance]).toEqual([201, true, 25.1]);
    expect(requestId).toBe(headers.get('x-request-id'));
    expect((await client.balance('ada')).balances).toMatchObject([{ balance: 25.1 }]);
  });

  test('a dry run gives the result but moves nothing, and its key stays free', async () => {
    const client = new WalletClient({ baseUrl: gateway.url });
    const body = { ...TOPUP, amount: 1, idempotencyKey: 'rehearsed' };
    const rehearsed = await client.topup({ ...body, dryRun: true }).withResponse();
    expect([rehearsed.status, rehearsed.data.dryRun, rehearsed.data.newBalance]).toEqual([200, true, 26.1]);
    const posted = await client.topup(body).withResponse();
    expect([posted.status, posted.replayed, posted.data.newBalance]).toEqual([201, false, 26.1]);
    expect(posted.data.transactionId).toBe(rehearsed.data.transactionId);
  });
});

describe('a call ends', () => {
  test('when none of its attempts is answered in time', async () => {
    const client = await clientOf(silent);
    const error = await client.health({ timeoutMillis: 20, attempts: 2 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ code: 'TIMED_OUT', status: undefined, retryable: true });
    expect(error.message).toBe('an attempt took longer than 20 ms');
  });

  test('with success when a later attempt is answered', async () => {
    const client = await clientOf(silent, done);
    expect(await client.topup(TOPUP, { timeoutMillis: 2_000 })).toEqual({ newBalance: 25.1 });
    expect(new Set(keysSent()).size).toBe(1);
  });

  test('at its deadline, whatever its attempts do', async () => {
    const client = await clientOf(silent);
    const error = await client.health({ deadlineMillis: 50 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toBe('the call took longer than 50 ms');
  });

  test('with its reply, not by a time limit, when its limits are infinite', async () => {
    const client = await clientOf(done);
    const endless = { timeoutMillis: Number.POSITIVE_INFINITY, deadlineMillis: Number.POSITIVE_INFINITY };
    expect(await client.topup(TOPUP, endless)).toEqual({ newBalance: 25.1 });
  });

  test('with the signal’s reason when it aborts before or during the request or in a pause', async () => {
    const reason = new Error('the player left');
    const onTheWay = new AbortController();
    const inPause = new AbortController();
    const client = await clientOf(
      () => onTheWay.abort(reason),
      (response, request) => {
        response.on('close', () => setTimeout(() => inPause.abort(reason)));
        return refuse(429, 'RATE_LIMITED', true, { 'retry-after': '30' })(response, request);
      },
    );
    await expect(client.topup(TOPUP, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);
    await expect(client.topup(TOPUP, { signal: onTheWay.signal })).rejects.toBe(reason);
    await expect(client.topup(TOPUP, { signal: inPause.signal })).rejects.toBe(reason);
    expect(server.received).toHaveLength(2);
  });
});

describe('a token', () => {
  test('may be a function that makes a new one for each attempt', async () => {
    server = await serve(busy, done);
    const tokens = ['first', 'second'];
    const token = async () => tokens.shift() ?? 'none';
    await new WalletClient({ baseUrl: server.url, token }).topup(TOPUP);
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
  });

  test('that cannot be made ends the call with its own error, and nothing is sent', async () => {
    server = await serve(done);
    const failure = new Error('the issuer is away');
    const client = new WalletClient({ baseUrl: server.url, token: () => Promise.reject(failure) });
    await expect(client.topup(TOPUP)).rejects.toBe(failure);
    expect(server.received).toHaveLength(0);
  });
});

test('a signer sees the request as it is sent, and its headers are sent along', async () => {
  server = await serve(done);
  const seen: SignableRequest[] = [];
  const signer = (request: SignableRequest) => {
    seen.push(request);
    return { authorization: 'signed', 'x-amz-date': 'now' };
  };
  await new WalletClient({ baseUrl: `${server.url}/stage/`, signer }).holds.capture('a/b', { amount: 1 });
  const [request] = server.received;
  expect(seen).toEqual([
    {
      method: 'POST',
      url: new URL(`${server.url}/stage/api/holds/a%2Fb/capture`),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: request?.body,
    },
  ]);
  expect(request?.url).toBe('/stage/api/holds/a%2Fb/capture');
  expect(request?.headers).toMatchObject({ authorization: 'signed', 'x-amz-date': 'now' });
});
