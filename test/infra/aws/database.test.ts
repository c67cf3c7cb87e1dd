import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LOG_PARAMETERS } from '../../../infra/aws/database';
import { type Cluster, openCluster } from '../../support/cluster';
import { openWallet, type TestWallet } from '../../support/wallet';

let cluster: Cluster;
let wallet: TestWallet;
beforeAll(async () => {
  // Whatever is not slow here would fill the log in production.
  const parameters = Object.entries({ ...LOG_PARAMETERS, deadlock_timeout: '50' });
  cluster = await openCluster(parameters.map(([name, value]) => `-c ${name}=${value}`));
  wallet = await openWallet({ server: cluster.admin });
});
afterAll(async () => {
  await wallet.close();
  await cluster.close();
});

test('PostgreSQL logs slow statements, lock waits and failed logins, but not refusals', async () => {
  const spend = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 77_777 };
  const refused = await wallet.call('wallet/purchase', { body: { ...spend, idempotencyKey: 'too-much' } });
  expect(refused.status).toBe(422);
  // A retry: somebody else has the balance for a moment.
  await wallet.sql("BEGIN; SELECT FROM balances WHERE handle = 'user_001' FOR UPDATE");
  const waiting = wallet.call('wallet/purchase', { body: { ...spend, amount: 1, idempotencyKey: 'busy' } });
  await wallet.sql('SELECT pg_sleep(0.6)');
  await wallet.sql('COMMIT');
  expect((await waiting).status).toBe(201);
  await expect(wallet.sql('SELECT nothing_like_it')).rejects.toThrow('does not exist');

  const log = await readFile(path.join(cluster.folder, 'postgres.log'), 'utf8');
  expect(log).toContain('SELECT pg_sleep(0.6)');
  expect(log).toMatch(/duration: \d+/);
  const [, sinceStart = ''] = log.split('database system is ready to accept connections');
  expect(sinceStart).not.toMatch(/ERROR|user_001|77777|too-much|available|could not obtain lock/);
});
