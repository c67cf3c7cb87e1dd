/**
 * The benchmark: ours beside the physical limit (pgbench's TPC-B), a textbook implementation and a bare server,
 * on one PostgreSQL in one run, interleaved, medians with their spread. npm run bench [-- --quick]. Writes
 * test/bench/results/.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { chart } from './chart';
import { type ColdStarts, measureColdStarts } from './cold';
import { posting, throughPg, tpcb } from './direct';
import { type HandlerRequest, median, overHttp, type Sample, throughHandlers } from './measure';
import {
  ASSETS,
  asset,
  DEEP_USER,
  grown,
  openWorld,
  prewarm,
  runPgbench,
  USERS,
  user,
  type World,
} from './world';

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 1 : 5;
const MILLIS = QUICK ? 500 : 3_000;
/**
 * Before a ledger is measured that nobody has used for minutes: its pages have left the server's memory,
 * which those of a ledger at work have not.
 */
const WARM_UP_MILLIS = QUICK ? 500 : 5_000;
/** Entries of the ledgers that are compared for growth. */
const SIZES = QUICK ? [100_000, 1_000_000] : [100_000, 1_000_000, 10_000_000];
/** Elements of a batch. */
const BATCH = 1_000;
const RESULTS = 'test/bench/results';

type Scenario = (world: World) => Promise<Sample>;

const any = (count: number): number => Math.floor(Math.random() * count);
const uniform = (): string => user(any(USERS));

const money = (
  world: World,
  route: 'wallet/topup' | 'wallet/purchase' | 'wallet/bonus',
  userId: string,
  assetCode: string,
): HandlerRequest => ({
  handler: world.handler(route),
  method: 'POST',
  path: `/api/transactions/${route.slice('wallet/'.length)}`,
  body: { userId, assetCode, amount: 1, idempotencyKey: randomUUID() },
});
const topup = (world: World) => money(world, 'wallet/topup', user(any(USERS)), asset(0));
const batch = (world: World): HandlerRequest => ({
  handler: world.handler('wallet/batch'),
  method: 'POST',
  path: '/api/transactions/batch',
  body: { transactions: Array.from({ length: BATCH }, () => ({ type: 'topup', ...topup(world).body })) },
});
const textbookTopup = (world: World, slow: boolean): HandlerRequest => ({
  ...money(world, 'wallet/topup', user(any(1_000)), asset(0)),
  handler: (slow ? world.slowTextbook : world.textbook).handler,
});
const mix = (world: World): HandlerRequest => {
  const dice = Math.random();
  const route = dice < 0.7 ? 'wallet/purchase' : dice < 0.9 ? 'wallet/topup' : 'wallet/bonus';
  return money(world, route, user(any(USERS)), asset(0));
};
const read = (
  world: World,
  route: 'wallet/balance' | 'wallet/history',
  userId = user(any(1_000)),
  query?: string,
): HandlerRequest => {
  return {
    handler: world.handler(route),
    method: 'GET',
    path: route === 'wallet/balance' ? `/api/balance/${userId}` : `/api/transactions/${userId}`,
    parameters: { userId },
    ...(query !== undefined && { query }),
  };
};

const SCENARIOS: Record<string, Scenario> = {};
for (const connections of [1, 16, 64]) {
  SCENARIOS[`limit, TPC-B, ${connections}`] = (world) => runPgbench(world, connections, MILLIS);
  SCENARIOS[`SQL posting, ${connections}`] = (world) => runPgbench(world, connections, MILLIS, world.script);
  SCENARIOS[`TPC-B through pg, ${connections}`] = (world) =>
    throughPg({ ...world.postgres.admin, database: 'limit' }, connections, MILLIS, tpcb);
  SCENARIOS[`posting through pg, ${connections}`] = (world) =>
    throughPg(world.login('wallet'), connections, MILLIS, posting(uniform));
  SCENARIOS[`handlers, ${connections}`] = (world) => throughHandlers(connections, MILLIS, () => topup(world));
  SCENARIOS[`HTTP, ${connections}`] = (world) => overHttp(world.urls.ours, connections, MILLIS);
  SCENARIOS[`HTTP bare, ${connections}`] = (world) => overHttp(world.urls.bare, connections, MILLIS);
  SCENARIOS[`HTTP textbook, ${connections}`] = (world) => overHttp(world.urls.textbook, connections, MILLIS);
  SCENARIOS[`one hot user, ${connections}`] = (world) =>
    throughHandlers(connections, MILLIS, () => money(world, 'wallet/topup', user(0), asset(1)));
}
SCENARIOS['16 assets, 64 connections'] = (world) =>
  world.widely(() =>
    throughHandlers(64, MILLIS, () => money(world, 'wallet/topup', user(any(1_000)), asset(any(ASSETS)))),
  );
SCENARIOS['one asset, 64 connections'] = (world) =>
  world.widely(() =>
    throughHandlers(64, MILLIS, () => money(world, 'wallet/topup', user(any(1_000)), asset(0))),
  );
SCENARIOS['handlers, 64 connections'] = (world) =>
  world.widely(() => throughHandlers(64, MILLIS, () => topup(world)));
SCENARIOS['mix, 64'] = (world) => throughHandlers(64, MILLIS, () => mix(world));
SCENARIOS['single calls, 1'] = (world) => throughHandlers(1, MILLIS, () => topup(world));
SCENARIOS[`in batches of ${BATCH}, 1`] = async (world) => {
  const sample = await throughHandlers(1, MILLIS, () => batch(world));
  return { ...sample, perSecond: sample.perSecond * BATCH };
};
SCENARIOS['balance, 16'] = (world) => throughHandlers(16, MILLIS, () => read(world, 'wallet/balance'));
SCENARIOS['history, 16'] = (world) => throughHandlers(16, MILLIS, () => read(world, 'wallet/history'));
SCENARIOS['1 ms away, ours, 16'] = (world) =>
  world.slowly(() => throughHandlers(16, MILLIS, () => topup(world)));
SCENARIOS['1 ms away, textbook, 16'] = (world) =>
  throughHandlers(16, MILLIS, () => textbookTopup(world, true));

for (const entries of SIZES) {
  SCENARIOS[`${entries} entries, 16`] = async (world) => {
    const run = (millis: number) => throughPg(world.login(grown(entries)), 16, millis, posting(uniform));
    await prewarm(world, entries);
    await run(WARM_UP_MILLIS);
    return run(MILLIS);
  };
}
for (const depth of ['1', '100,000']) {
  SCENARIOS[`history page at depth ${depth}, 1`] = (world) =>
    throughHandlers(1, MILLIS, () =>
      read(world, 'wallet/history', DEEP_USER, depth === '1' ? undefined : `cursor=${world.deepCursor}`),
    );
}

interface Counted extends Sample {
  /** By the service, per posting. */
  retries: number;
}

/** The samples of one round, by scenario; throws `MISSING` for one that could not be run here. */
type Round = (scenario: string) => Counted;

/** A figure that is promised, how it comes about, and its bound. */
interface Reach {
  name: string;
  of: (round: Round) => number;
  bound: 'at least' | 'at most';
  wanted: number;
}

const MISSING = new Error('that scenario was not run');

const ratio = (name: string, of: string, to: string, wanted: number): Reach => ({
  name,
  of: (round) => round(of).perSecond / round(to).perSecond,
  bound: 'at least',
  wanted,
});

const REACHES: Reach[] = [
  ratio('SQL posting / TPC-B, 16 connections', 'SQL posting, 16', 'limit, TPC-B, 16', 1.3),
  ratio('SQL posting / TPC-B, 64 connections', 'SQL posting, 64', 'limit, TPC-B, 64', 1.2),
  ratio('through handlers, 16 callers / TPC-B, 16 connections', 'handlers, 16', 'limit, TPC-B, 16', 1.0),
  ratio('through handlers, 64 callers / TPC-B, 64 connections', 'handlers, 64', 'limit, TPC-B, 64', 0.9),
  ratio('through handlers / TPC-B through pg, 16 connections', 'handlers, 16', 'TPC-B through pg, 16', 1.0),
  ratio('over HTTP / the bare server, 16 clients', 'HTTP, 16', 'HTTP bare, 16', 0.6),
  ratio('over HTTP / textbook, 16 clients', 'HTTP, 16', 'HTTP textbook, 16', 12),
  ratio('over HTTP / textbook, 64 clients', 'HTTP, 64', 'HTTP textbook, 64', 20),
  ratio(
    'hot treasury / uniform assets, 64 connections',
    'one asset, 64 connections',
    '16 assets, 64 connections',
    0.9,
  ),
  {
    name: 'retries per 100 postings, uniform users, 64 connections',
    of: (round) => round('handlers, 64 connections').retries * 100,
    bound: 'at most',
    wanted: 1,
  },
  ratio('one hot user, 64 callers / 1', 'one hot user, 64', 'one hot user, 1', 0.5),
  {
    name: 'one hot user, 64 callers, p99 in ms',
    of: (round) => round('one hot user, 64').p99 ?? Number.NaN,
    bound: 'at most',
    wanted: 1000,
  },
  ratio('in batches of 1000 / single calls, 1 connection', `in batches of ${BATCH}, 1`, 'single calls, 1', 5),
  ratio(
    '1 ms per round trip: ours / textbook, 16 workers',
    '1 ms away, ours, 16',
    '1 ms away, textbook, 16',
    3,
  ),
  ratio(
    `${SIZES.at(-1)} entries / ${SIZES[0]} entries, 16 connections`,
    `${SIZES.at(-1)} entries, 16`,
    `${SIZES[0]} entries, 16`,
    0.9,
  ),
  {
    name: 'history page by cursor, depth 100,000 / depth 1, p50',
    of: (round) =>
      (round('history page at depth 100,000, 1').p50 ?? 0) / (round('history page at depth 1, 1').p50 ?? 0),
    bound: 'at most',
    wanted: 1.2,
  },
];

interface Row {
  scenario: string;
  perSecond: number;
  least: number;
  most: number;
  p50: number | undefined;
  p99: number | undefined;
  failed: number | undefined;
  retriesPerPosting: number;
}

async function main(): Promise<void> {
  const world = await openWorld(SIZES);
  const rounds: Map<string, Counted>[] = [];
  let cold: ColdStarts;
  try {
    const names = Object.keys(SCENARIOS).filter(
      (name) => world.pgbench || !/limit, TPC-B|SQL posting/.test(name),
    );
    for (let round = 0; round <= ROUNDS; round++) {
      const samples = new Map<string, Counted>();
      for (const name of names) {
        world.takeRetries();
        const sample = await (SCENARIOS[name] as Scenario)(world);
        const retries = world.takeRetries() / Math.max(1, (sample.perSecond * MILLIS) / 1000);
        samples.set(name, { ...sample, retries });
      }
      if (round > 0) {
        rounds.push(samples);
      }
      print(round === 0 ? 'warm-up done' : `round ${round} of ${ROUNDS} done`);
    }
    cold = await measureColdStarts(world.postgres.admin, QUICK ? 1 : 9);
  } finally {
    await world.close();
  }
  await publish(rounds, cold);
}

function toRow(scenario: string, runs: Counted[]): Row {
  const rates = runs.map((run) => run.perSecond);
  const middle = (pick: (run: Sample) => number | undefined): number | undefined =>
    pick(runs[0] as Sample) === undefined ? undefined : median(runs.map((run) => pick(run) ?? Number.NaN));
  return {
    scenario,
    perSecond: median(rates),
    least: Math.min(...rates),
    most: Math.max(...rates),
    p50: middle((run) => run.p50),
    p99: middle((run) => run.p99),
    failed: middle((run) => run.failed),
    retriesPerPosting: median(runs.map((run) => run.retries)),
  };
}

function reached({ name, of, bound, wanted }: Reach, rounds: Map<string, Counted>[]) {
  try {
    const values = rounds.map((round) =>
      of((scenario) => {
        const sample = round.get(scenario);
        if (sample === undefined) {
          throw MISSING;
        }
        return sample;
      }),
    );
    return [
      { name, value: median(values), least: Math.min(...values), most: Math.max(...values), bound, wanted },
    ];
  } catch (error) {
    if (error !== MISSING) {
      throw error;
    }
    return [];
  }
}

async function publish(rounds: Map<string, Counted>[], cold: ColdStarts): Promise<void> {
  const scenarios = [...(rounds[0] ?? new Map()).keys()];
  const rows = scenarios.map((scenario) =>
    toRow(
      scenario,
      rounds.map((round) => round.get(scenario) as Counted),
    ),
  );
  const figures = REACHES.flatMap((reach) => reached(reach, rounds));
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${arch()}, Node ${process.version}`;
  const report = [
    `# Benchmark of ${new Date().toISOString().slice(0, 10)}`,
    '',
    `${machine}. Everything on one machine; ${ROUNDS} rounds of ${MILLIS / 1000} s each, interleaved; medians, with least and most.`,
    '',
    '| figure | median | spread | wanted |',
    '|---|---|---|---|',
    ...figures.map(
      (row) =>
        `| ${row.name} | ${row.value.toFixed(2)} | ${row.least.toFixed(2)} to ${row.most.toFixed(2)} | ${row.bound} ${row.wanted} |`,
    ),
    '',
    '| scenario, callers | per second | spread | p50 ms | p99 ms | failed | retries per posting |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.scenario} | ${row.perSecond.toFixed(0)} | ${row.least.toFixed(0)} to ${row.most.toFixed(0)} | ${row.p50?.toFixed(1) ?? ''} | ${row.p99?.toFixed(1) ?? ''} | ${row.failed === undefined ? '' : `${(row.failed * 100).toFixed(1)} %`} | ${(row.retriesPerPosting * 100).toFixed(2)} % |`,
    ),
    '',
    `Cold start on Node ${cold.node}: a process that loads one bundled handler (the AWS SDK is left to the runtime) and gives it one event.`,
    '',
    '| handler | KB minified | load ms | first event ms |',
    '|---|---|---|---|',
    ...cold.starts.map(
      ({ handler, bytes, load, first }) =>
        `| ${handler} | ${(bytes / 1024).toFixed(1)} | ${load.toFixed(1)} | ${first.toFixed(1)} |`,
    ),
    '',
    `What the bundle of wallet/topup consists of: ${cold.composition.map(([part, bytes]) => `${part} ${(bytes / 1024).toFixed(1)} KB`).join(', ')}.`,
    '',
  ].join('\n');
  print(report);
  if (!QUICK) {
    await mkdir(RESULTS, { recursive: true });
    await writeFile(`${RESULTS}/latest.md`, report);
    await writeFile(
      `${RESULTS}/latest.json`,
      `${JSON.stringify({ machine, rounds: ROUNDS, millis: MILLIS, figures, rows, cold }, null, 2)}\n`,
    );
    await writeFile(`${RESULTS}/latest.svg`, chart(rows));
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
