/**
 * The benchmark: ours beside the physical limit (pgbench's TPC-B), the seed's own design and a bare server, on one PostgreSQL in one run,
 * interleaved, medians with their spread. npm run bench [-- --quick]. Writes test/bench/results/.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { chart } from './chart';
import { type HandlerRequest, median, overHttp, type Sample, throughHandlers } from './measure';
import { ASSETS, asset, openWorld, runPgbench, USERS, user, type World } from './world';

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 1 : 5;
const MILLIS = QUICK ? 1_000 : 3_000;
const RESULTS = 'test/bench/results';

type Scenario = (world: World) => Promise<Sample>;

const any = (count: number): number => Math.floor(Math.random() * count);

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
const naiveTopup = (world: World, slow: boolean): HandlerRequest => ({
  ...money(world, 'wallet/topup', user(any(1_000)), asset(0)),
  handler: (slow ? world.slowNaive : world.naive).handler,
});
const mix = (world: World): HandlerRequest => {
  const dice = Math.random();
  const route = dice < 0.7 ? 'wallet/purchase' : dice < 0.9 ? 'wallet/topup' : 'wallet/bonus';
  return money(world, route, user(any(USERS)), asset(0));
};
const read = (world: World, route: 'wallet/balance' | 'wallet/history'): HandlerRequest => {
  const userId = user(any(1_000));
  return {
    handler: world.handler(route),
    method: 'GET',
    path: route === 'wallet/balance' ? '/api/balance/{userId}' : '/api/transactions/{userId}',
    parameters: { userId },
  };
};

const SCENARIOS: Record<string, Scenario> = {};
for (const connections of [1, 16, 64]) {
  SCENARIOS[`limit, TPC-B, ${connections}`] = (world) => runPgbench(world, connections, MILLIS);
  SCENARIOS[`SQL posting, ${connections}`] = (world) => runPgbench(world, connections, MILLIS, world.scripts.posting);
  SCENARIOS[`handlers, ${connections}`] = (world) => throughHandlers(connections, MILLIS, () => topup(world));
  SCENARIOS[`HTTP, ${connections}`] = (world) => overHttp(world.urls.ours, connections, MILLIS);
  SCENARIOS[`HTTP bare, ${connections}`] = (world) => overHttp(world.urls.bare, connections, MILLIS);
  SCENARIOS[`HTTP naive, ${connections}`] = (world) => overHttp(world.urls.naive, connections, MILLIS);
  SCENARIOS[`one hot user, ${connections}`] = (world) =>
    throughHandlers(connections, MILLIS, () => money(world, 'wallet/topup', user(0), asset(1)));
}
SCENARIOS['16 assets, 64'] = (world) =>
  throughHandlers(64, MILLIS, () => money(world, 'wallet/topup', user(any(1_000)), asset(any(ASSETS))));
SCENARIOS['one asset, 64'] = (world) =>
  throughHandlers(64, MILLIS, () => money(world, 'wallet/topup', user(any(1_000)), asset(0)));
SCENARIOS['mix, 64'] = (world) => throughHandlers(64, MILLIS, () => mix(world));
SCENARIOS['balance, 16'] = (world) => throughHandlers(16, MILLIS, () => read(world, 'wallet/balance'));
SCENARIOS['history, 16'] = (world) => throughHandlers(16, MILLIS, () => read(world, 'wallet/history'));
SCENARIOS['1 ms away, ours, 16'] = (world) => world.slowly(() => throughHandlers(16, MILLIS, () => topup(world)));
SCENARIOS['1 ms away, naive, 16'] = (world) => throughHandlers(16, MILLIS, () => naiveTopup(world, true));

/** What is promised: a figure, how it comes about, and the least it may be. */
const RATIOS: [name: string, of: string, to: string, least: number][] = [
  ['SQL posting / TPC-B, 16 connections', 'SQL posting, 16', 'limit, TPC-B, 16', 1.3],
  ['SQL posting / TPC-B, 64 connections', 'SQL posting, 64', 'limit, TPC-B, 64', 1.2],
  ['through handlers / TPC-B, 16 connections', 'handlers, 16', 'limit, TPC-B, 16', 1.0],
  ['through handlers / TPC-B, 64 connections', 'handlers, 64', 'limit, TPC-B, 64', 0.9],
  ['over HTTP / the bare server, 16 clients', 'HTTP, 16', 'HTTP bare, 16', 0.6],
  ['over HTTP / naive, 16 clients', 'HTTP, 16', 'HTTP naive, 16', 12],
  ['over HTTP / naive, 64 clients', 'HTTP, 64', 'HTTP naive, 64', 20],
  ['hot treasury / uniform assets', 'one asset, 64', '16 assets, 64', 0.9],
  ['one hot user, 64 connections / 1', 'one hot user, 64', 'one hot user, 1', 0.5],
  ['1 ms per round trip: ours / naive, 16 workers', '1 ms away, ours, 16', '1 ms away, naive, 16', 3],
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
  const world = await openWorld();
  const samples = new Map<string, (Sample & { retries: number })[]>();
  try {
    const names = Object.keys(SCENARIOS).filter((name) => world.pgbench || !/TPC-B|SQL posting/.test(name));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of names) {
        world.takeRetries();
        const sample = await (SCENARIOS[name] as Scenario)(world);
        const retries = world.takeRetries() / Math.max(1, (sample.perSecond * MILLIS) / 1000);
        if (round > 0) {
          samples.set(name, [...(samples.get(name) ?? []), { ...sample, retries }]);
        }
      }
      print(round === 0 ? 'warm-up done' : `round ${round} of ${ROUNDS} done`);
    }
  } finally {
    await world.close();
  }
  await publish(
    [...samples].map(([scenario, runs]) => toRow(scenario, runs)),
    samples,
  );
}

function toRow(scenario: string, runs: (Sample & { retries: number })[]): Row {
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

async function publish(rows: Row[], samples: Map<string, (Sample & { retries: number })[]>): Promise<void> {
  const ratios = RATIOS.flatMap(([name, of, to, least]) => {
    const [above, below] = [samples.get(of), samples.get(to)];
    if (above === undefined || below === undefined) {
      return [];
    }
    const each = above.map((run, round) => run.perSecond / (below[round]?.perSecond ?? Number.NaN));
    return [{ name, ratio: median(each), least: Math.min(...each), most: Math.max(...each), wanted: least }];
  });
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${arch()}, Node ${process.version}`;
  const report = [
    `# Benchmark of ${new Date().toISOString().slice(0, 10)}`,
    '',
    `${machine}. Everything on one machine; ${ROUNDS} rounds of ${MILLIS / 1000} s each, interleaved; medians, with least and most.`,
    '',
    '| ratio | median | spread | wanted |',
    '|---|---|---|---|',
    ...ratios.map(
      (row) => `| ${row.name} | ${row.ratio.toFixed(2)} | ${row.least.toFixed(2)} to ${row.most.toFixed(2)} | ${row.wanted} |`,
    ),
    '',
    '| scenario, connections | per second | spread | p50 ms | p99 ms | failed | retries per posting |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.scenario} | ${row.perSecond.toFixed(0)} | ${row.least.toFixed(0)} to ${row.most.toFixed(0)} | ${row.p50?.toFixed(1) ?? ''} | ${row.p99?.toFixed(1) ?? ''} | ${row.failed === undefined ? '' : `${(row.failed * 100).toFixed(1)} %`} | ${(row.retriesPerPosting * 100).toFixed(2)} % |`,
    ),
    '',
  ].join('\n');
  print(report);
  if (!QUICK) {
    await mkdir(RESULTS, { recursive: true });
    await writeFile(`${RESULTS}/latest.md`, report);
    await writeFile(
      `${RESULTS}/latest.json`,
      `${JSON.stringify({ machine, rounds: ROUNDS, millis: MILLIS, ratios, rows }, null, 2)}\n`,
    );
    await writeFile(`${RESULTS}/latest.svg`, chart(rows));
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
