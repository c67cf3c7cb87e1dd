import { type Cluster, openCluster } from '../support/cluster';
import { discrepancies } from '../support/reconcile';
import { claimKey, key, openWallet, type TestWallet } from '../support/wallet';
import { patienceMillis } from './scale';

jest.setTimeout(patienceMillis);

let cluster: Cluster;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster();
  wallet = await openWallet({ server: cluster.admin, database: { poolMax: 8 } });
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(async () => {
  await wallet.close();
  await cluster.close();
});

const topup = (idempotencyKey = key(), timeoutMillis = 2_000) =>
  wallet.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey },
    timeoutMillis,
  });

test('without a free connection the error is retryable, and the service goes on with one', async () => {
  await wallet.sql('ALTER ROLE wallet_app CONNECTION LIMIT 0');
  await wallet.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wallet_app'");
  const once = key();
  const refused = await topup(once);
  expect([refused.status, refused.body.error.code, refused.headers['retry-after']]).toEqual([
    503,
    'DATABASE_UNAVAILABLE',
    '1',
  ]);
  await wallet.sql('ALTER ROLE wallet_app CONNECTION LIMIT -1');
  expect((await topup(once)).status).toBe(201);
});

test('a statement over the role’s time limit changes nothing, and the next one works', async () => {
  await wallet.sql("ALTER ROLE wallet_app SET statement_timeout = '150ms'");
  await wallet.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wallet_app'");
  const once = key();
  await wallet.sql('BEGIN');
  await claimKey(wallet, once);
  const refused = await topup(once);
  await wallet.sql('ROLLBACK');
  expect([refused.status, refused.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  expect(await wallet.sql('SELECT FROM journal WHERE idempotency_key = $1', [once])).toEqual([]);
  const again = await topup(once);
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, undefined]);
  await wallet.sql("ALTER ROLE wallet_app SET statement_timeout = '10s'");
});

test('an invocation with too little time left is refused, and changes nothing', async () => {
  const once = key();
  const refused = await topup(once, 280);
  expect([refused.status, refused.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  expect(await wallet.sql('SELECT FROM journal WHERE idempotency_key = $1', [once])).toEqual([]);
  expect((await topup(once)).status).toBe(201);
});
