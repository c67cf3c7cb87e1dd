import { monotonicMillis, sleep } from '../../lib/base/time';
import { type Cluster, openCluster } from '../support/cluster';
import { type Pooler, startPooler } from '../support/pooler';
import { discrepancies } from '../support/reconcile';
import { key, openWallet, type TestWallet } from '../support/wallet';

let cluster: Cluster;
let pooler: Pooler;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster();
  pooler = await startPooler(cluster.admin.port);
  wallet = await openWallet({
    server: cluster.admin,
    database: { port: pooler.port, preparedStatements: false },
  });
});
afterAll(async () => {
  await wallet.close();
  await pooler.stop();
  await cluster.close();
});

/**
 * Milliseconds; by default PgBouncer waits 15 seconds before it tries a server again that did not take a
 * login.
 */
const BACK_WITHIN_MILLIS = 8_000;

test('after a restart of the database behind the pooler, the service has lost nothing', async () => {
  const posted: string[] = [];
  let firstAfter: number | undefined;
  let backAt = Number.POSITIVE_INFINITY;
  const work = async (): Promise<void> => {
    while (firstAfter === undefined) {
      const idempotencyKey = key();
      const body = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey };
      const startedAt = monotonicMillis();
      const { status } = await wallet.call('wallet/topup', { body, timeoutMillis: 2_000 });
      if (status === 201) {
        posted.push(idempotencyKey);
        firstAfter = startedAt > backAt ? monotonicMillis() : firstAfter;
      }
    }
  };
  const load = Promise.all(Array.from({ length: 8 }, work));
  await sleep(500);
  await cluster.kill();
  // Long enough for the pooler to be refused.
  await sleep(1_000);
  await cluster.restart();
  backAt = monotonicMillis();
  await load;
  expect((firstAfter ?? 0) - backAt).toBeLessThan(BACK_WITHIN_MILLIS);
  const rows = await wallet.sql(
    'SELECT idempotency_key AS key FROM transactions WHERE idempotency_key = ANY ($1)',
    [posted],
  );
  expect(rows).toHaveLength(posted.length);
  expect(await discrepancies(wallet)).toEqual({});
});
