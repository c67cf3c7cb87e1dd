import { type Cluster, openCluster } from '../support/cluster';
import { key, openWallet, type TestWallet } from '../support/wallet';

/** Roles belong to the whole server, so this test has one of its own. */
let cluster: Cluster;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster(['-c fsync=off']);
  wallet = await openWallet({ server: cluster.admin });
});
afterAll(async () => {
  await wallet.close();
  await cluster.close();
});

const HOSTILE: [string, string][] = [
  ['datestyle', 'SQL, DMY'],
  ['timezone', 'Asia/Tokyo'],
  ['intervalstyle', 'iso_8601'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-15'],
];

test('an operator’s settings do not change how the service reads the database’s answers', async () => {
  const [{ name }] = await wallet.sql('SELECT current_database() AS name');
  for (const [setting, value] of HOSTILE) {
    for (const target of ['ROLE wallet_app', 'ROLE wallet_reader', `DATABASE ${name}`]) {
      await wallet.sql(`ALTER ${target} SET ${setting} = '${value}'`);
    }
    await wallet.sql(`ALTER SYSTEM SET ${setting} = '${value}'`);
  }
  await wallet.sql('SELECT pg_reload_conf()');
  const body = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  const before = Date.now();
  const posted = await wallet.call('wallet/topup', { body });
  expect([posted.status, posted.body.data.newBalance]).toEqual([201, 501]);
  expect(Math.abs(Date.parse(posted.body.data.timestamp) - before)).toBeLessThan(600_000);
  expect((await wallet.call('wallet/topup', { body })).body).toEqual(posted.body);
  const [newest] = (await wallet.call('wallet/history', { path: { userId: 'user_001' } })).body.data
    .transactions;
  expect(newest).toMatchObject({ timestamp: posted.body.data.timestamp, runningBalance: 501 });
  const placed = await wallet.call('holds/place', { body: { ...body, idempotencyKey: key() } });
  expect(Date.parse(placed.body.data.expiresAt) - before).toBeGreaterThan(600_000);
  // The settings were hostile: a session of another login meets them.
  expect(await wallet.sql('SHOW datestyle')).toEqual([{ DateStyle: 'SQL, DMY' }]);
});
