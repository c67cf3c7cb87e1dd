import type { RouteId } from '../../../functions/routes';
import { monotonicMillis } from '../../../lib/base/time';
import { openDatabase } from '../../../lib/db/database';
import { homeOf } from '../../../lib/ledger/home';
import { decimal } from '../../support/decimal';
import { discrepancies } from '../../support/reconcile';
import { openRelay, type Relay } from '../../support/relay';
import { testServer } from '../../support/server';
import { claimKey, key, openWallet, type TestWallet } from '../../support/wallet';

const topup = (wallet: TestWallet, idempotencyKey = key()) =>
  wallet.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey },
  });
const balance = (wallet: TestWallet) => wallet.call('wallet/balance', { path: { userId: 'user_001' } });

const SESSIONS =
  "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'wallet_app'";

describe('through a relay', () => {
  let relay: Relay;
  let wallet: TestWallet;
  beforeAll(async () => {
    const { host, port } = testServer();
    relay = await openRelay(host, port);
    wallet = await openWallet({ database: { port: relay.port, poolMax: 1 } });
    await topup(wallet);
    await balance(wallet);
  });
  afterAll(async () => {
    await wallet.close();
    await relay.close();
  });
  const roundTripsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = relay.roundTrips();
    await work();
    return relay.roundTrips() - before;
  };

  test('a posting, a replay, a refusal, a balance and a page of history each cost one round trip', async () => {
    const once = key();
    expect(await roundTripsOf(() => topup(wallet, once))).toBe(1);
    expect(await roundTripsOf(() => topup(wallet, once))).toBe(1);
    const tooMuch = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1e9, idempotencyKey: key() };
    expect(await roundTripsOf(() => wallet.call('wallet/purchase', { body: tooMuch }))).toBe(1);
    expect(await roundTripsOf(() => balance(wallet))).toBe(1);
    expect(
      await roundTripsOf(() =>
        wallet.call('wallet/balance', {
          path: { userId: 'user_001' },
          query: { at: '2999-01-01T00:00:00Z' },
        }),
      ),
    ).toBe(1);
    expect(await roundTripsOf(() => wallet.call('wallet/history', { path: { userId: 'user_001' } }))).toBe(1);
    expect(await roundTripsOf(() => wallet.call('admin/put-account', { path: { userId: 'someone' } }))).toBe(
      1,
    );
    expect(await roundTripsOf(() => wallet.call('system/health'))).toBe(1);
  });

  test('a credit, a debit, a hold, a refund and a list of lots each cost one round trip', async () => {
    const path = { assetCode: 'GEM' };
    await wallet.call('admin/put-asset', { path, body: { name: 'Gems', scale: 2, lots: true } });
    const send = (id: RouteId, body: object) => wallet.call(id, { body: { idempotencyKey: key(), ...body } });
    const gems = { userId: 'user_001', assetCode: 'GEM', amount: 5 };
    const expiring = { ...gems, source: 'shop', expiresInSeconds: 60 };
    expect(await roundTripsOf(() => send('wallet/bonus', expiring))).toBe(1);
    await send('wallet/topup', gems);
    let transactionId = '';
    const spend = async () => {
      transactionId = (await send('wallet/purchase', { ...gems, amount: 7 })).body.data.transactionId;
    };
    expect(await roundTripsOf(spend)).toBe(1);
    expect(await roundTripsOf(() => send('holds/place', { ...gems, amount: 1 }))).toBe(1);
    expect(await roundTripsOf(() => send('wallet/refund', { transactionId }))).toBe(1);
    const lots = { path: { userId: 'user_001' } };
    expect(await roundTripsOf(() => wallet.call('wallet/lots', lots))).toBe(1);
  });

  test('after a freeze that killed the sockets, the first event is answered and posts once', async () => {
    const before = (await balance(wallet)).body.data.balances[0].balance;
    for (let freeze = 0; freeze < 3; freeze++) {
      relay.cut();
      expect((await topup(wallet)).status).toBe(201);
      relay.cut();
      expect((await balance(wallet)).body.data.balances[0].balance).toBe(before + freeze + 1);
    }
    expect(await discrepancies(wallet)).toEqual({});
  });

  test('a refusal keeps its connection: no reconnect follows it', async () => {
    const postedBy = async () =>
      (await topup(wallet)).status === 201 && (await wallet.sql(SESSIONS)).map(({ pid }) => pid);
    const before = await postedBy();
    await wallet.call('wallet/purchase', {
      body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1e9, idempotencyKey: key() },
    });
    expect(await postedBy()).toEqual(before);
    expect(before).toHaveLength(1);
  });
});

describe('when things go wrong', () => {
  let wallet: TestWallet;
  beforeAll(async () => {
    wallet = await openWallet({ service: { retryAttempts: 3 } });
  });
  afterEach(async () => {
    expect(await discrepancies(wallet)).toEqual({});
  });
  afterAll(() => wallet.close());

  test('a row that stays locked gives 503 CONTENTION, and the key stays free', async () => {
    const once = key();
    await wallet.sql('BEGIN');
    await wallet.sql(
      `SELECT FROM balances WHERE home = ${homeOf('user_001')} AND handle = 'user_001' FOR UPDATE`,
    );
    const reply = await topup(wallet, once);
    await wallet.sql('ROLLBACK');
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1']);
    expect(reply.body.error).toMatchObject({ code: 'CONTENTION', retryable: true });
    expect((await topup(wallet, once)).headers['idempotency-replayed']).toBeUndefined();
    expect(
      wallet.lines.some(
        (line) => line.includes('"code":"CONTENTION"') && line.includes('"retried":["55P03"]'),
      ),
    ).toBe(true);
  });

  test('sessions that the administrator ends are replaced, and each request posts once', async () => {
    const keys = Array.from({ length: 40 }, () => key());
    const work = Promise.all(keys.map((once) => topup(wallet, once)));
    await wallet.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wallet_app' AND datname = current_database()",
    );
    await work;
    for (const once of keys) {
      await topup(wallet, once);
    }
    const posted = await wallet.sql(
      'SELECT count(*)::int FROM transactions WHERE idempotency_key = ANY ($1)',
      [keys],
    );
    expect(posted).toEqual([{ count: keys.length }]);
  });

  test('a statement that takes too long is DATABASE_UNAVAILABLE, and a retry posts once', async () => {
    const once = key();
    // The key is claimed by a transaction that does not end: the posting waits for it.
    await wallet.sql('BEGIN');
    await claimKey(wallet, once);
    const { ledger } = wallet.app;
    const sides = { debit: '$treasury', credit: 'user_001' };
    const posting = { kind: 'TOP_UP' as const, ...sides, assetCode: 'GOLD_COIN', amount: decimal('1') };
    const post = (millis: number) =>
      ledger.post(
        posting,
        { key: once, principal: null },
        { deadline: monotonicMillis() + millis, retries: [] },
      );
    await expect(post(300)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    await wallet.sql('ROLLBACK');
    await post(10_000);
    expect(
      await wallet.sql('SELECT count(*)::int FROM transactions WHERE idempotency_key = $1', [once]),
    ).toEqual([{ count: 1 }]);
  });

  test('a call with almost no time left fails with DATABASE_UNAVAILABLE', async () => {
    const call = { deadline: monotonicMillis() + 10, retries: [] };
    await expect(wallet.app.ledger.ping(call)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

test('a request gives up after the service’s budget, unless its row gives it more time', async () => {
  const wallet = await openWallet({ service: { requestBudgetMillis: 1_000 } });
  const once = key();
  // The key is claimed by a transaction that does not end: postings wait for it.
  await wallet.sql('BEGIN');
  await claimKey(wallet, once);
  const { status, body } = await topup(wallet, once);
  expect([status, body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  const element = {
    type: 'topup',
    userId: 'user_001',
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: once,
  };
  const batch = wallet.call('wallet/batch', { body: { transactions: [element] } });
  await wallet.sql('SELECT pg_sleep(1.5)');
  await wallet.sql('ROLLBACK');
  expect((await batch).status).toBe(201);
  await wallet.close();
});

test('a call that gets no session in time fails and is not retried', async () => {
  const { host, port } = testServer();
  const database = openDatabase({
    host,
    port,
    database: 'postgres',
    tls: false,
    login: async () => ({ user: 'postgres', password: 'postgres' }),
    poolMin: 0,
    poolMax: 1,
    preparedStatements: false,
    retry: { attempts: 10 },
    trace: (_, work) => work(),
    onPoolError: () => undefined,
  });
  const ask = (text: string) => {
    const call = { deadline: monotonicMillis() + 29_000, retries: [] };
    return database.call({ name: 'ask', text }, [], call).then(
      () => 'answered',
      ({ code }) => [code, call.retries],
    );
  };
  const first = ask('SELECT pg_sleep(4)');
  expect(await ask('SELECT 1')).toEqual(['DATABASE_UNAVAILABLE', []]);
  expect(await first).toBe('answered');
  await database.close();
});

test('every endpoint gives 503 DATABASE_UNAVAILABLE if the database cannot be reached', async () => {
  const wallet = await openWallet({ database: { port: 1 } });
  for (const reply of [await topup(wallet), await balance(wallet), await wallet.call('system/health')]) {
    expect([reply.status, reply.body.error.code, reply.headers['retry-after']]).toEqual([
      503,
      'DATABASE_UNAVAILABLE',
      '1',
    ]);
    expect(JSON.stringify(reply.body)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|node_modules/);
  }
  await wallet.close();
});
