import { monotonicMillis, sleep } from '../../lib/base/time';
import { withAdmin } from '../../lib/db/migrate';
import { type NodeServer, openNodeServer } from '../support/node-server';
import { discrepancies } from '../support/reconcile';
import { testNodes } from '../support/server';
import { openWallet, type TestWallet } from '../support/wallet';
import { drive, GEM, judge, prepareWorkload, sweepDuring } from '../support/workload';
import { faultMillis, patienceMillis, report } from './scale';

jest.setTimeout(patienceMillis);

/** Enough that they live on both workers, and that most transfers are between them. */
const USERS = [...'abcdefgh'].map((letter) => `nodes_${letter}`);
const ASSETS = ['GOLD_COIN', GEM];
/** Milliseconds in which the cluster, which looks every few seconds, must have recovered what was prepared. */
const RECOVERED_MILLIS = 60_000;

let wallet: TestWallet;
let servers: NodeServer[];
beforeAll(async () => {
  wallet = await openWallet({ database: { poolMax: 16 } });
  servers = await Promise.all(testNodes().map(openNodeServer));
  await prepareWorkload(wallet, USERS, ASSETS);
});
afterAll(() => wallet.close());

/** Transactions over several nodes that are prepared on one and not decided yet. */
async function prepared(): Promise<number> {
  const counts = await Promise.all(
    testNodes().map((node) =>
      withAdmin(node, async (client) => {
        const { rows } = await client.query<{ count: number }>(
          'SELECT count(*)::integer AS count FROM pg_prepared_xacts WHERE database = $1',
          [wallet.admin.database],
        );
        return rows[0]?.count ?? 0;
      }),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

test('kill -9 of each worker and of the coordinator loses nothing, doubles nothing and leaves nothing half done', async () => {
  const load = sweepDuring(
    wallet,
    drive({
      users: USERS,
      assets: ASSETS,
      workers: 12,
      millis: faultMillis,
      patienceMillis: 60_000,
      send: ({ route, path, body }) => wallet.call(route, { path, body, timeoutMillis: 5_000 }),
    }),
  );
  const end = monotonicMillis() + faultMillis;
  let kills = 0;
  let leftPrepared = 0;
  while (monotonicMillis() < end) {
    await sleep(300 + Math.random() * 700);
    const server = servers[kills % servers.length] as NodeServer;
    await server.kill();
    await server.restart();
    leftPrepared = Math.max(leftPrepared, await prepared());
    kills += 1;
  }
  const records = await load;

  const ended = monotonicMillis();
  while ((await prepared()) > 0 && monotonicMillis() < ended + RECOVERED_MILLIS) {
    await sleep(100);
  }
  const recoveredMillis = Math.round(monotonicMillis() - ended);
  const { lost, ghosts, doubled, ...counts } = await judge(wallet, records);
  report('kill -9 of the nodes', { kills, ...counts, lost: lost.length, leftPrepared, recoveredMillis });
  expect(await prepared()).toBe(0);
  expect({ lost, ghosts, doubled }).toEqual({ lost: [], ghosts: [], doubled: [] });
  expect(await discrepancies(wallet)).toEqual({});
  expect(kills).toBeGreaterThan(0);
  expect(counts.acknowledged).toBeGreaterThan(0);
  expect(counts.unanswered).toBe(0);
});
