/**
 * Several nodes beside one, as ratios: `npm run bench:distributed`, with CITUS_URL. The plain PostgreSQL is a
 * database without Citus on the coordinator's server, so both have one version, one configuration and one
 * machine. ROUNDS and SECONDS set the length.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SQL_FOLDER } from '../../infra/local/database';
import { type AdminConnection, createDatabase, migrate, setPasswords, withAdmin } from '../../lib/db/migrate';
import { homeOf } from '../../lib/ledger/home';
import { createEmpty, dropOnNodes, readNodes } from '../support/citus';
import { PASSWORDS } from '../support/server';
import { connect, drive, HASH, POSTING, posting, type Work } from './direct';
import { median } from './measure';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const MILLIS = Number(process.env.SECONDS ?? 4) * 1_000;
const WARM_MILLIS = 3 * MILLIS;
const CONNECTIONS = [1, 8, 16, 64];
const USERS = Array.from({ length: 5_000 }, (_, index) => `player_${index}`);
/** Clock ticks a second of the kernel's counters. */
const TICKS = 100;

const nodes = await readNodes(process.env.CITUS_URL ?? '');
process.env.TEST_NODES = JSON.stringify(nodes);
const [coordinator, ...workers] = nodes as [AdminConnection, ...AdminConnection[]];
const names = { plain: 'bench_plain', distributed: 'bench_nodes' };

await dropOnNodes(names.plain);
await dropOnNodes(names.distributed);
await createDatabase(coordinator, names.plain);
await createEmpty(names.distributed);
const owners = new Map<string, number>();
for (const [name, distribute] of [
  [names.plain, false],
  [names.distributed, true],
] as const) {
  const admin = { ...coordinator, database: name };
  await migrate(admin, SQL_FOLDER, undefined, { distribute });
  await setPasswords(admin, PASSWORDS);
  await fill(loginTo(coordinator, name));
}
await withAdmin({ ...coordinator, database: names.distributed }, async (client) => {
  const { rows } = await client.query<{ user: string; port: number }>(
    `SELECT u AS user, p.nodeport AS port FROM unnest($1::text[]) AS u JOIN pg_dist_shard_placement p
       ON p.shardid = get_shard_id_for_distribution_column('public.balances', public.home_of(u))`,
    [USERS],
  );
  for (const row of rows) {
    owners.set(row.user, row.port);
  }
});

const pick = (users: string[]) => () => users[Math.floor(Math.random() * users.length)] as string;
const ownersOf = (node: AdminConnection) => USERS.filter((user) => owners.get(user) === node.port);

/** A way to post: where its connections enter, and what they send. */
interface Side {
  entries: { node: AdminConnection; work: Work }[];
  database: string;
}
const enter = (database: string, node: AdminConnection, work: Work): Side => ({
  database,
  entries: [{ node, work }],
});
const postings = posting(pick(USERS));
const transfers = transfer(pick(USERS));
const sides: Record<string, Side> = {
  plain: enter(names.plain, coordinator, postings),
  coordinator: enter(names.distributed, coordinator, postings),
  worker: enter(names.distributed, workers[0] as AdminConnection, postings),
  // Each posting enters at the node that has the player.
  owner: {
    database: names.distributed,
    entries: workers.map((node) => ({ node, work: posting(pick(ownersOf(node))) })),
  },
  'transfers, plain': enter(names.plain, coordinator, transfers),
  'transfers, coordinator': enter(names.distributed, coordinator, transfers),
};

/** Opens a side's connections, shared out among its entries; answers how to use them for a while. */
async function open({ entries, database }: Side, connections: number) {
  const used = await Promise.all(
    entries.slice(0, connections).map(async ({ node, work }, _, { length }) => ({
      work,
      clients: await connect(loginTo(node, database), Math.ceil(connections / length)),
    })),
  );
  return {
    run: async (millis: number): Promise<number> => {
      const samples = await Promise.all(used.map(({ clients, work }) => drive(clients, millis, work)));
      return samples.reduce((sum, { perSecond }) => sum + perSecond, 0);
    },
    close: () => Promise.all(used.flatMap(({ clients }) => clients.map((client) => client.end()))),
  };
}

const found: Record<string, { perSecond: number[]; cpu: number[][] }> = {};
for (const connections of CONNECTIONS) {
  const opened = await Promise.all(
    Object.entries(sides).map(async ([side, how]) => ({ side, ...(await open(how, connections)) })),
  );
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { side, run } of opened) {
      if (round === 0) {
        // Each connection makes its plans for each group of homes.
        await run(WARM_MILLIS);
        continue;
      }
      const before = await Promise.all(nodes.map(cpuSeconds));
      const perSecond = await run(MILLIS);
      const used = (await Promise.all(nodes.map(cpuSeconds))).map((after, at) => after - (before[at] ?? 0));
      const row = found[`${side} ${connections}`] ?? { perSecond: [], cpu: [] };
      found[`${side} ${connections}`] = row;
      row.perSecond.push(perSecond);
      row.cpu.push(used.map((seconds) => (seconds * 1e9) / (perSecond * MILLIS)));
    }
  }
  await Promise.all(opened.map(({ close }) => close()));
}
for (const connections of CONNECTIONS) {
  for (const side of Object.keys(sides)) {
    const { perSecond, cpu } = found[`${side} ${connections}`] as (typeof found)[string];
    const plain = found[`${side.startsWith('transfers') ? 'transfers, ' : ''}plain ${connections}`];
    const ratios = perSecond.map((value, at) => value / (plain?.perSecond[at] ?? Number.NaN));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const micros = nodes.map((_, at) => Math.round(median(cpu.map((row) => row[at] ?? 0))));
    process.stdout.write(
      `${String(connections).padStart(3)}  ${side.padEnd(23)} ${median(perSecond).toFixed(0).padStart(6)}/s  ` +
        `${median(ratios).toFixed(2)} (${spread})  µs of processor by node: ${micros.join(', ')}\n`,
    );
  }
}
await dropOnNodes(names.plain);
await dropOnNodes(names.distributed);

function loginTo(node: AdminConnection, database: string) {
  return { ...node, database, user: 'wallet_app', password: PASSWORDS.wallet_app };
}

/** Accounts with more than transfers can take. */
async function fill(login: ReturnType<typeof loginTo>): Promise<void> {
  await withAdmin(login, async (client) => {
    await client.query(`SELECT public.put_asset('COIN_0', 'Coin', 2, true)`);
    for (const userId of USERS) {
      const home = homeOf(userId);
      await client.query('SELECT * FROM public.put_account($1, $2)', [home, userId]);
      await client.query(POSTING, [home, userId, 'COIN_0', 1_000_000, randomUUID()]);
    }
  });
}

function transfer(pickUser: () => string): Work {
  return (client) => {
    const from = pickUser();
    let to = pickUser();
    while (to === from) {
      to = pickUser();
    }
    return client.query({
      name: 'transfer',
      text: `SELECT * FROM public.post_transfer($1, $2, $3, $4, 'COIN_0', 1, $5, '${HASH}')`,
      values: [homeOf(from), homeOf(to), from, to, randomUUID()],
    });
  };
}

/** What a server and its processes, ended ones too, have used of processors, in seconds. */
async function cpuSeconds(node: AdminConnection): Promise<number> {
  const pid = await withAdmin(node, async (client) => {
    const { rows } = await client.query(
      `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
    );
    return rows[0].pid as string;
  });
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  const ticks = await Promise.all(
    [pid, ...children].map(async (process) => {
      const stat = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => '');
      const [user, system, endedUser, endedSystem] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11);
      const own = Number(user ?? 0) + Number(system ?? 0);
      return process === pid ? own + Number(endedUser) + Number(endedSystem) : own;
    }),
  );
  return ticks.reduce((sum, value) => sum + value, 0) / TICKS;
}
