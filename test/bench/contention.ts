/**
 * Top-ups of one asset over HTTP by 64 callers for 64 users: ours against the seed's design, over the same gateway, PostgreSQL and pool
 * size, in turn. Prints goodput, replies by status, latency and retries per posting. Run: npm run bench:contention
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, prepare } from '../../infra/local/database';
import { createGateway, loadHandler } from '../../infra/local/gateway';
import { openLogs } from '../../infra/local/logs';
import { startPostgres } from '../../infra/local/postgres';
import { createApp, useApp } from '../../lib/app/app';
import { readSettings } from '../../lib/app/config';
import { sleep } from '../../lib/base/time';
import { type AdminConnection, createDatabase } from '../../lib/db/migrate';
import { load, type Outcome, percentile } from './load';
import { openNaive } from './naive';

const CLIENTS = 64;
const ROUNDS = 3;
const ROUND_MILLIS = Number(process.argv[2] ?? 10_000);
const POOL_MAX = 50;
const USERS = Array.from({ length: CLIENTS }, (_, client) => `player_${client}`);

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wallet-bench-'));
  const postgres = await startPostgres(folder, ['-c shared_buffers=1GB']);
  try {
    await compare(folder, postgres.admin);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

async function compare(folder: string, admin: AdminConnection): Promise<void> {
  await createDatabase(admin, 'ours');
  await createDatabase(admin, 'naive');
  const url = `postgres://${admin.user}:${admin.password}@${admin.host}:${admin.port}/ours`;
  const database = await openDatabase(readSettings({ DATABASE_URL: url, DB_POOL_MAX: String(POOL_MAX) }));
  await prepare(database);
  const logs = openLogs(folder, 'info', false);
  const app = createApp({ database: database.service, retryAttempts: 60, logLevel: 'error', metrics: false }, logs.sink);
  let retries = 0;
  useApp({
    ...app,
    meter: (observation) => {
      retries += observation.retries.length;
    },
  });
  for (const userId of USERS) {
    await app.ledger.putAccount(userId, undefined, { deadline: Number.POSITIVE_INFINITY, retries: [] });
  }
  const naive = await openNaive({ ...admin, database: 'naive' }, USERS, POOL_MAX);
  const options = { rateLimitPerMinute: 0, corsOrigin: '*', logger: logs.logger };
  const gateways = {
    ours: await createGateway(options),
    naive: await createGateway({
      ...options,
      load: async (row) => (row.id === 'wallet/topup' ? naive.handler : loadHandler(row)),
    }),
  };
  const ratios: number[] = [];
  for (const gateway of Object.values(gateways)) {
    await gateway.listen({ port: 0, host: '127.0.0.1' });
  }
  for (let round = 0; round <= ROUNDS; round++) {
    retries = 0;
    const ours = await loadFromOutside(`http://127.0.0.1:${(gateways.ours.server.address() as AddressInfo).port}`);
    const perPosting = retries / (ours.statuses[201] ?? 0);
    const other = await loadFromOutside(`http://127.0.0.1:${(gateways.naive.server.address() as AddressInfo).port}`);
    ratios.push(ours.goodput / other.goodput);
    const name = round === 0 ? 'warm-up' : `round ${round}`;
    print(`${name}: ours  ${describe(ours)}, retries per posting ${(perPosting * 100).toFixed(2)} %`);
    print(`${name}: naive ${describe(other)}`);
    print(`${name}: ratio ${ratios.at(-1)?.toFixed(1)}`);
  }
  for (const gateway of Object.values(gateways)) {
    await gateway.close();
  }
  await app.close();
  await naive.close();
  logs.close();
}

/** The callers are a process of their own, as they are in life. */
function loadFromOutside(url: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', ['callers', url, String(ROUND_MILLIS)]);
    child.once('message', (outcome) => resolve(outcome as Outcome));
    child.once('error', reject);
  });
}

async function callers(url: string, millis: number): Promise<void> {
  const outcome = await load(`${url}/api/transactions/topup`, CLIENTS, millis, (client) => ({
    userId: USERS[client],
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: randomUUID(),
  }));
  process.send?.(outcome);
  await sleep(100);
  process.disconnect();
}

function describe({ goodput, statuses, latencies }: Outcome): string {
  const p = (share: number) => percentile(latencies, share).toFixed(1);
  return `${goodput.toFixed(0)}/s, replies ${JSON.stringify(statuses)}, p50 ${p(0.5)} ms, p99 ${p(0.99)} ms`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (process.argv[2] === 'callers') {
  await callers(process.argv[3] ?? '', Number(process.argv[4]));
} else {
  await main();
}
