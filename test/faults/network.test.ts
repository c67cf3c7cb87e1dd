import { monotonicMillis, sleep } from '../../lib/base/time';
import { type Cluster, openCluster } from '../support/cluster';
import { expectFollowed, follow, pagesOf } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { type Fault, openRelay, type Relay } from '../support/relay';
import { key, openWallet, type TestWallet } from '../support/wallet';
import { drive, GEM, judge, prepareWorkload, type Record } from '../support/workload';
import { faultMillis, patienceMillis, report } from './scale';

jest.setTimeout(patienceMillis);

const USERS = ['net_a', 'net_b', 'net_c', 'net_d', 'net_e', 'net_f'];

let cluster: Cluster;
let relay: Relay;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster();
  relay = await openRelay(cluster.admin.host as string, cluster.admin.port);
  wallet = await openWallet({ server: cluster.admin, database: { port: relay.port, poolMax: 16 } });
  await prepareWorkload(wallet, USERS, ['GOLD_COIN', 'DIAMOND', GEM]);
});
afterEach(() => relay.meddle(undefined));
afterAll(async () => {
  await wallet.close();
  await relay.close();
  await cluster.close();
});

const load = (timeoutMillis: number): Promise<Record[]> =>
  drive({
    users: USERS,
    assets: ['GOLD_COIN', 'DIAMOND', GEM],
    workers: 12,
    millis: faultMillis,
    patienceMillis: 40_000,
    send: ({ route, path, body }) => wallet.call(route, { path, body, timeoutMillis }),
  });

async function expectNothingLost(scenario: string, records: Record[], faults: number): Promise<void> {
  const { lost, ghosts, doubled, ...counts } = await judge(wallet, records);
  report(scenario, { faults, ...counts, lost: lost.length });
  expect({ lost, ghosts, doubled }).toEqual({ lost: [], ghosts: [], doubled: [] });
  expect(await discrepancies(wallet)).toEqual({});
  expect(faults).toBeGreaterThan(0);
  expect(counts.unanswered).toBe(0);
}

test.each<[string, 'request' | 'reply', () => Fault]>([
  ['closed before the statement arrives', 'request', () => 'close'],
  ['closed after the commit, before the answer', 'reply', () => 'close'],
  ['reset before the statement arrives', 'request', () => 'reset'],
  ['reset after the commit, before the answer', 'reply', () => 'reset'],
  ['late by up to 200 ms', 'reply', () => Math.random() * 200],
])('with connections %s, every posting happens once', async (name, direction, fault) => {
  let faults = 0;
  relay.meddle((where) => {
    if (where !== direction || Math.random() > 0.03) {
      return 'pass';
    }
    faults += 1;
    return fault();
  });
  const working = load(3_000);
  const following = follow(wallet, pagesOf(wallet), working);
  const records = await working;
  relay.meddle(undefined);
  await expectFollowed(wallet, await following);
  await expectNothingLost(`connections ${name}`, records, faults);
});

test('with pg_terminate_backend at random, every posting happens once', async () => {
  const working = load(3_000);
  const end = monotonicMillis() + faultMillis;
  let terminated = 0;
  while (monotonicMillis() < end) {
    await sleep(50);
    const rows = await wallet.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wallet_app' AND datname = current_database() ORDER BY random() LIMIT 2",
    );
    terminated += rows.length;
  }
  await expectNothingLost('pg_terminate_backend', await working, terminated);
});

test('a hanging database causes a retryable error in time, and the service recovers', async () => {
  const send = (idempotencyKey: string) =>
    wallet.call('wallet/topup', {
      body: { userId: 'net_a', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey },
      timeoutMillis: 1_500,
    });
  await send(key());
  const keys = Array.from({ length: 24 }, () => key());
  await cluster.pause();
  const started = monotonicMillis();
  const replies = await Promise.all(keys.map(send)).finally(() => cluster.resume());
  // Not the clock's speed: the deadline is what was promised, and the allowance is generous.
  expect(monotonicMillis() - started).toBeLessThan(10_000);
  expect(
    new Set(
      replies.map((reply) => `${reply.status} ${reply.body.error?.code} ${reply.body.error?.retryable}`),
    ),
  ).toEqual(new Set(['503 DATABASE_UNAVAILABLE true']));
  for (const once of keys) {
    let reply = await send(once);
    while (reply.status >= 500) {
      reply = await send(once);
    }
    expect(reply.status).toBe(201);
  }
  const posted = await wallet.sql(
    'SELECT count(*)::int AS times FROM transactions WHERE idempotency_key = ANY ($1)',
    [keys],
  );
  expect(posted).toEqual([{ times: keys.length }]);
  expect(await discrepancies(wallet)).toEqual({});
});
