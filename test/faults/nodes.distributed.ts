import { monotonicMillis, sleep } from '../../lib/base/time';
import { withAdmin } from '../../lib/db/migrate';
import { type NodeServer, openNodeServer } from '../support/node-server';
import { discrepancies } from '../support/reconcile';
import { testNodes } from '../support/server';
import { openWallet, type TestWallet } from '../support/wallet';
import { drive, GEM, judge, prepareWorkload, type Record, sweepDuring } from '../support/workload';
import { faultMillis, patienceMillis, report } from './scale';

jest.setTimeout(patienceMillis + 60_000);

/** Enough that they live on both workers, and that most transfers are between them. */
const USERS = [...'abcdefgh'].map((letter) => `nodes_${letter}`);
const ASSETS = ['GOLD_COIN', GEM];
/** Milliseconds in which the cluster must have ended what was prepared. It looks every few seconds. */
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

/** Of a run that kills: at least as long as to kill each node once. */
const KILLS_MILLIS = Math.max(faultMillis, 15_000);

function work(millis = faultMillis): Promise<Record[]> {
  return sweepDuring(
    wallet,
    drive({
      users: USERS,
      assets: ASSETS,
      workers: 12,
      millis,
      patienceMillis: 60_000,
      send: ({ route, path, body }) => wallet.call(route, { path, body, timeoutMillis: 5_000 }),
    }),
  );
}

async function expectNothingLost(scenario: string, records: Record[], seen: object): Promise<void> {
  const { lost, ghosts, doubled, ...counts } = await judge(wallet, records);
  report(scenario, { ...seen, ...counts, lost: lost.length });
  expect({ lost, ghosts, doubled }).toEqual({ lost: [], ghosts: [], doubled: [] });
  expect(await discrepancies(wallet)).toEqual({});
  expect(counts.acknowledged).toBeGreaterThan(0);
  expect(counts.unanswered).toBe(0);
}

test('kill -9 of each worker and of the coordinator loses, doubles and halves no posting', async () => {
  const load = work(KILLS_MILLIS);
  const end = monotonicMillis() + KILLS_MILLIS;
  let kills = 0;
  let leftPrepared = 0;
  while (monotonicMillis() < end || kills < servers.length) {
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
  expect(await prepared()).toBe(0);
  await expectNothingLost('kill -9 of the nodes', records, { kills, leftPrepared, recoveredMillis });
});

test('moving homes from node to node during postings loses and doubles no posting', async () => {
  const load = work();
  const end = monotonicMillis() + faultMillis;
  let moves = 0;
  while (monotonicMillis() < end) {
    const userId = USERS[moves % USERS.length];
    const [place] = await wallet.sql(
      `SELECT p.shardid, p.nodename, p.nodeport, other.nodename AS to_name, other.nodeport AS to_port
       FROM pg_dist_shard_placement p
       JOIN pg_dist_node other ON other.shouldhaveshards AND other.nodeport <> p.nodeport
       WHERE p.shardid = get_shard_id_for_distribution_column('balances', home_of($1::text))`,
      [userId],
    );
    await wallet.sql(`SELECT citus_move_shard_placement($1, $2, $3, $4, $5)`, Object.values(place));
    moves += 1;
  }
  expect(moves).toBeGreaterThan(0);
  await expectNothingLost('homes that move', await load, { moves });
});
