import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sleep } from '../../lib/base/time';
import { type Cluster, openCluster } from '../support/cluster';
import { openReceiver, outOfOrder, type WebhookReceiver } from '../support/receiver';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';
import { faultMillis, patienceMillis, report } from './scale';

jest.setTimeout(patienceMillis + 10 * faultMillis);

const USERS = Array.from({ length: 100 }, (_, index) => `told_${index}`);
/** 2,000 within npm test; 100,000 of a run of 150 s and more. */
const EVENTS = Math.max(2_000, Math.min(100_000, Math.round(faultMillis / 1_500) * 1_000));

let cluster: Cluster;
let wallet: TestWallet;
let receiver: WebhookReceiver;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-delivery-'));
  cluster = await openCluster();
  wallet = await openWallet({
    server: cluster.admin,
    service: { webhooks: { key: { file: path.join(folder, 'webhooks.key') }, allowPrivate: true } },
  });
  receiver = await openReceiver();
  await openAccounts(wallet, ...USERS);
});
afterAll(async () => {
  await receiver.close();
  await wallet.close();
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** A deliverer in a process of its own, as the host runs it. */
function launch(): ChildProcess {
  const { user, password, host, port, database } = wallet.admin;
  const env = {
    ...process.env,
    DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database}`,
    DB_APP_PASSWORD: 'app',
    DB_READER_PASSWORD: 'reader',
    WEBHOOK_KEY_FILE: path.join(folder, 'webhooks.key'),
    WEBHOOK_ALLOW_PRIVATE: 'true',
    LOG_FOLDER: folder,
  };
  const command = ['--import', 'tsx', 'infra/local/job.ts', 'deliver-events'];
  return spawn(process.execPath, command, { env, stdio: 'ignore' });
}

async function ended(deliverer: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => deliverer.once('exit', resolve));
  deliverer.kill('SIGKILL');
  await exit;
}

test('after kill -9 of the deliverer, each event arrives, in the order of its player', async () => {
  await wallet.call('subscribers/put', {
    path: { name: 'game' },
    body: { kind: 'webhook', url: receiver.url, types: ['wallet.transaction.posted'] },
  });
  for (let posted = 0; posted < EVENTS; posted += 1_000) {
    const transactions = Array.from({ length: 1_000 }, (_, index) => ({
      type: 'topup',
      userId: USERS[index % USERS.length],
      assetCode: 'GOLD_COIN',
      amount: 1,
      idempotencyKey: key(),
    }));
    expect((await wallet.call('wallet/batch', { body: { transactions } })).status).toBe(201);
  }
  // Slow enough that a deliverer does not live to the end.
  receiver.behave(async (response) => {
    await sleep(5 * Math.random());
    response.writeHead(204).end();
    return true;
  });
  const told = () => new Set(receiver.received.map(({ id }) => id)).size;
  let deliverer = launch();
  let kills = 0;
  while (told() < EVENTS) {
    const before = told();
    await sleep(200 + Math.random() * 800);
    // One that has told nothing yet is let live: it may still be starting.
    if (told() > before && told() < EVENTS && Math.random() < 0.7) {
      await ended(deliverer);
      kills += 1;
      // Its lease would keep the next one waiting for half a minute.
      await wallet.sql("UPDATE subscribers SET leased_until = '-infinity'");
      deliverer = launch();
    } else if (deliverer.exitCode !== null) {
      deliverer = launch();
    }
  }
  await ended(deliverer);
  const ids = receiver.received.map(({ id }) => id);
  const missing = await wallet.sql(
    "SELECT id FROM journal WHERE kind = 'TOP_UP' AND id <> ALL ($1) AND principal IS NULL",
    [ids],
  );
  report('kill -9 of the deliverer', { kills, events: EVENTS, received: receiver.received.length });
  expect(missing).toEqual([]);
  expect(outOfOrder(receiver.received)).toEqual([]);
  expect(kills).toBeGreaterThan(0);
});
