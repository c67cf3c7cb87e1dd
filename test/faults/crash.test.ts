import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { routes } from '../../functions/routes';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { FIRST_CURSOR } from '../../lib/contract/events';
import { type Cluster, freePort, openCluster } from '../support/cluster';
import { type EventsPage, expectFollowed, follow, pagesOf, type ReadPage } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';
import {
  type Answer,
  drive,
  GEM,
  judge,
  type Operation,
  prepareWorkload,
  type Record,
  sweepDuring,
} from '../support/workload';
import { faultMillis, patienceMillis, report } from './scale';

jest.setTimeout(patienceMillis);

const USERS = ['crash_a', 'crash_b', 'crash_c', 'crash_d', 'crash_e', 'crash_f'];
const ASSETS = ['GOLD_COIN', 'DIAMOND', GEM];

let cluster: Cluster;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster();
  wallet = await openWallet({ server: cluster.admin, database: { poolMax: 16 } });
  await prepareWorkload(wallet, USERS, ASSETS);
});
afterAll(async () => {
  await wallet.close();
  await cluster.close();
});

async function expectNothingLost(scenario: string, records: Record[], kills: number): Promise<void> {
  const { lost, ghosts, doubled, ...counts } = await judge(wallet, records);
  report(scenario, { kills, ...counts, lost: lost.length });
  expect({ lost, ghosts, doubled }).toEqual({ lost: [], ghosts: [], doubled: [] });
  expect(await discrepancies(wallet)).toEqual({});
  expect(kills).toBeGreaterThan(0);
  expect(counts.acknowledged).toBeGreaterThan(0);
  expect(counts.unanswered).toBe(0);
}

/** Does it again and again at random moments until the time is over; returns how often. */
async function repeatedly(act: () => Promise<void>): Promise<number> {
  const end = monotonicMillis() + faultMillis;
  let times = 0;
  while (monotonicMillis() < end) {
    await sleep(300 + Math.random() * 700);
    await act();
    times += 1;
  }
  return times;
}

test('kill -9 of PostgreSQL, also during the sweep, loses and doubles no acknowledged posting', async () => {
  const load = sweepDuring(
    wallet,
    drive({
      users: USERS,
      assets: ASSETS,
      workers: 12,
      millis: faultMillis,
      patienceMillis: 40_000,
      send: ({ route, path, body }) => wallet.call(route, { path, body, timeoutMillis: 3_000 }),
    }),
  );
  const following = follow(wallet, pagesOf(wallet), load);
  const kills = await repeatedly(async () => {
    await cluster.kill();
    await cluster.restart();
  });
  await expectNothingLost('kill -9 of PostgreSQL', await load, kills);
  await expectFollowed(wallet, await following);
});

test('kill -9 of the service under load loses and doubles no acknowledged posting', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-logs-'));
  const port = await freePort();
  const { user, password, host, port: databasePort, database } = wallet.admin;
  const env = {
    ...process.env,
    DATABASE_URL: `postgres://${user}:${password}@${host}:${databasePort}/${database}`,
    DB_APP_PASSWORD: 'app',
    DB_READER_PASSWORD: 'reader',
    PORT: String(port),
    LISTEN_HOST: '127.0.0.1',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_FOLDER: folder,
  };
  const launch = (): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'infra/local/serve.ts'], { env, stdio: 'ignore' });
  const healthy = async (): Promise<void> => {
    while (!(await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok) {
      await sleep(50);
    }
  };
  const send = async ({ route, path: parameters, body }: Operation): Promise<Answer | undefined> => {
    try {
      const url = routes[route].path.replace('{holdId}', parameters?.holdId ?? '');
      const reply = await fetch(`http://127.0.0.1:${port}${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: reply.status, body: await reply.json() };
    } catch {
      return undefined;
    }
  };
  let service = launch();
  await healthy();
  const load = drive({
    users: USERS,
    assets: ASSETS,
    workers: 12,
    millis: faultMillis,
    patienceMillis: 40_000,
    send,
  });
  const swept = sweepDuring(wallet, load);
  const read: ReadPage = async (after) => {
    const url = new URL(`http://127.0.0.1:${port}/api/events?waitSeconds=1`);
    url.searchParams.set('after', after ?? FIRST_CURSOR);
    const reply = await fetch(url).catch(() => undefined);
    // The service may be killed while it answers.
    const body = reply?.ok ? await reply.json().catch(() => undefined) : undefined;
    return (body as { data: EventsPage } | undefined)?.data;
  };
  const following = follow(wallet, read, swept);
  const kills = await repeatedly(async () => {
    const ended = new Promise((resolve) => service.once('exit', resolve));
    service.kill('SIGKILL');
    await ended;
    service = launch();
    await healthy();
  });
  const records = await swept;
  await expectFollowed(wallet, await following);
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('exit', resolve));
  await expectNothingLost('kill -9 of the service', records, kills);
  await rm(folder, { recursive: true });
});
