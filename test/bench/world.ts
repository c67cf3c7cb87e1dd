import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClientConfig, Pool } from 'pg';
import type { RouteId } from '../../functions/routes';
import { openDatabase, prepare } from '../../infra/local/database';
import { createGateway, loadHandler } from '../../infra/local/gateway';
import { openLogs } from '../../infra/local/logs';
import { type EmbeddedPostgres, startPostgres } from '../../infra/local/postgres';
import { type App, createApp, useApp } from '../../lib/app/app';
import { readSettings, type ServiceConfig } from '../../lib/app/config';
import { historyCursor } from '../../lib/contract/history';
import { createDatabase, withAdmin } from '../../lib/db/migrate';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { homeOf } from '../../lib/ledger/home';
import { openRelay } from '../support/relay';
import { HASH, POSTING } from './direct';
import { openTextbook, type Textbook } from './textbook';

export const USERS = 100_000;
export const ASSETS = 16;
/** Connections of the bare server: as many as ours, which has its own default. */
const POOL_MAX = 16;
/** Of ours, where sessions that stand in each other's way are looked for. */
const WIDE_POOL_MAX = 64;

export interface World {
  postgres: EmbeddedPostgres;
  pgbench: boolean;
  /** The service's own login to one of the databases. */
  login(database: string): ClientConfig;
  /** Where the page begins that has 100,000 newer rows of DEEP_USER before it. */
  deepCursor: string;
  handler(route: RouteId): LambdaHandler;
  textbook: Textbook;
  /** The same, each message a millisecond late in either direction together. */
  slowTextbook: Textbook;
  slowly<Result>(work: () => Promise<Result>): Promise<Result>;
  /** On as many connections as callers. */
  widely<Result>(work: () => Promise<Result>): Promise<Result>;
  urls: { ours: string; textbook: string; bare: string };
  /** Retries that the service made since the last call. */
  takeRetries(): number;
  /** A posting, for pgbench. */
  script: string;
  close(): Promise<void>;
}

export const user = (index: number): string => `player_${index}`;
export const asset = (index: number): string => `COIN_${index}`;

/**
 * A durable PostgreSQL with ledgers of `sizes` entries beside the main one, users and assets, the service and
 * the textbook design on it, and servers in front.
 */
export async function openWorld(sizes: number[]): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wallet-bench-'));
  const postgres = await startPostgres(folder, ['-c shared_buffers=1GB', '-c max_connections=600']);
  const { admin } = postgres;
  const relay = await openRelay(admin.host, admin.port);
  relay.meddle((direction) => (direction === 'reply' ? 1 : 'pass'));
  for (const name of ['wallet', 'textbook', 'slow_textbook', 'limit']) {
    await createDatabase(admin, name);
  }
  await withAdmin({ ...admin, database: 'limit' }, (client) => client.query(TPCB_TABLES));
  const url = `postgres://${admin.user}:${admin.password}@${admin.host}:${admin.port}/wallet`;
  const settings = readSettings({
    DATABASE_URL: url,
    DB_APP_PASSWORD: 'app',
    DB_READER_PASSWORD: 'reader',
  });
  const database = await openDatabase(settings);
  await prepare(database);
  await fillLedger({ ...admin, database: 'wallet' });
  for (const entries of sizes) {
    await growLedger(admin, entries);
  }
  const deepCursor = await deepenHistory({ ...admin, database: 'wallet' });
  const logs = openLogs(folder, 'info', false);
  let retries = 0;
  const open = (changed: Partial<ServiceConfig['database']>) => {
    const config = {
      database: { ...database.service, ...changed },
      requestBudgetMillis: settings.REQUEST_BUDGET_SECONDS * 1_000,
      retryAttempts: settings.RETRY_ATTEMPTS,
      logLevel: 'error' as const,
      serviceName: 'wallet',
      metrics: false,
      webhooks: { key: { file: '/nowhere' }, allowPrivate: false },
      checkpoints: { key: { file: '/nowhere' }, anchors: '/nowhere' },
    };
    const meter = (observation: { retries: string[] }): void => {
      retries += observation.retries.length;
    };
    return { ...createApp(config, logs.sink), meter };
  };
  const app = open({});
  const slowApp = open({ port: relay.port });
  const wideApp = open({ poolMax: WIDE_POOL_MAX });
  useApp(app);
  const within =
    (other: App) =>
    async <Result>(work: () => Promise<Result>): Promise<Result> => {
      useApp(other);
      try {
        return await work();
      } finally {
        useApp(app);
      }
    };
  const handlers = new Map<string, LambdaHandler>();
  const textbookUsers = Array.from({ length: 1_000 }, (_, index) => user(index));
  const textbook = await openTextbook({ ...admin, database: 'textbook' }, textbookUsers);
  const slowTextbook = await openTextbook(
    { ...admin, port: relay.port, database: 'slow_textbook' },
    textbookUsers,
  );
  const options = { rateLimitPerMinute: 0, corsOrigin: '*', logger: logs.logger };
  const gateway = await createGateway({
    ...options,
    load: async (route) => {
      const handler = await loadHandler(route);
      handlers.set(route.id, handler);
      return handler;
    },
  });
  const textbookGateway = await createGateway({
    ...options,
    load: async (route) => (route.id === 'wallet/topup' ? textbook.handler : loadHandler(route)),
  });
  const bare = await openBareServer(admin, database.service.writer as { user: string; password: string });
  const script = await writePostingScript(folder);
  return {
    postgres,
    pgbench: spawnSync('pgbench', ['--version']).status === 0,
    login: (name) => ({ ...admin, user: 'wallet_app', password: 'app', database: name }),
    deepCursor,
    handler: (route) => handlers.get(route) as LambdaHandler,
    textbook,
    slowTextbook,
    slowly: within(slowApp),
    widely: within(wideApp),
    urls: {
      ours: await gateway.listen({ port: 0, host: '127.0.0.1' }),
      textbook: await textbookGateway.listen({ port: 0, host: '127.0.0.1' }),
      bare: bare.url,
    },
    takeRetries() {
      const taken = retries;
      retries = 0;
      return taken;
    },
    script,
    async close() {
      await Promise.all([gateway.close(), textbookGateway.close(), bare.close()]);
      await Promise.all([
        app.close(),
        slowApp.close(),
        wideApp.close(),
        textbook.close(),
        slowTextbook.close(),
      ]);
      await relay.close();
      logs.close();
      await postgres.stop();
      await rm(postgres.folder, { recursive: true, force: true });
    },
  };
}

/**
 * Accounts with a balance in the first asset, and in each home its slices of the system accounts: rows as
 * postings would have left them, too many to post one by one.
 */
async function fillLedger(admin: Parameters<typeof withAdmin>[0]): Promise<void> {
  await withAdmin(admin, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    await client.query(
      "SELECT public.put_asset('COIN_' || i, 'Coin ' || i, 2, false) FROM generate_series(0, $1 - 1) AS i",
      [ASSETS],
    );
    await client.query('COMMIT');
    await client.query(PLAYERS);
    await client.query('VACUUM ANALYZE');
  });
}

/** bench_players tells pgbench each player's home, which it cannot compute as the service does. */
const PLAYERS = `
  CREATE TABLE bench_players (
    number integer PRIMARY KEY, home integer NOT NULL, handle text COLLATE "C" NOT NULL
  );
  GRANT SELECT ON bench_players TO wallet_app;
  INSERT INTO bench_players
  SELECT i, home_of(n.handle), n.handle
  FROM generate_series(0, ${USERS - 1}) AS i, LATERAL (VALUES ('player_' || i)) AS n(handle);

  INSERT INTO user_accounts (home, id, handle)
  SELECT home, home::bigint << 48 | ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint, handle
  FROM bench_players;

  INSERT INTO balances (home, asset_type_id, account_id, balance, handle, asset_code, scale, status)
  SELECT a.home, t.id, a.id, 1000000.00, a.handle, t.code, t.scale, 'active'::account_status
  FROM user_accounts a JOIN bench_players p ON p.home = a.home AND p.handle = a.handle
  JOIN asset_types t ON t.code = 'COIN_0'
  UNION ALL
  SELECT h.home, t.id, y.id, CASE y.handle WHEN '$treasury' THEN -1000000.00 ELSE 0.00 END * h.players,
    y.handle, t.code, t.scale, 'active'::account_status
  FROM (SELECT home, count(*) AS players FROM bench_players GROUP BY home) AS h
  JOIN system_accounts y ON y.handle IN ('$treasury', '$revenue', '$bonus_pool')
  JOIN asset_types t ON t.code = 'COIN_0'`;

/** As pgbench -i -s 50 makes them, which need not be installed. */
const TPCB_TABLES = `
  CREATE TABLE pgbench_accounts AS SELECT aid, 1 + (aid - 1) / 100000 AS bid, 0 AS abalance, ''::char(84) AS filler FROM generate_series(1, 5000000) AS aid;
  CREATE TABLE pgbench_tellers AS SELECT tid, 1 + (tid - 1) / 10 AS bid, 0 AS tbalance, ''::char(84) AS filler FROM generate_series(1, 500) AS tid;
  CREATE TABLE pgbench_branches AS SELECT bid, 0 AS bbalance, ''::char(88) AS filler FROM generate_series(1, 50) AS bid;
  CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
  ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid);
  ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid);
  ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid);
  ANALYZE`;

/** The name of a copy of the ledger that holds so many entries. */
export const grown = (entries: number): string => `grown_${entries}`;

/** A copy of the ledger with a past: rows as postings would have left them, spread over all users. */
async function growLedger(admin: Parameters<typeof withAdmin>[0], entries: number): Promise<void> {
  await createDatabase(admin, grown(entries), 'wallet');
  await withAdmin({ ...admin, database: grown(entries) }, async (client) => {
    await client.query(insertPostings('true', USERS, entries / 2));
    await client.query('VACUUM ANALYZE journal');
    await client.query('CREATE EXTENSION pg_prewarm');
    await client.query('CHECKPOINT');
  });
}

/**
 * Reads a ledger's indexes into the server's memory, where those of a ledger at work are; the scenarios
 * between have driven them out.
 */
export async function prewarm({ postgres }: World, entries: number): Promise<void> {
  await withAdmin({ ...postgres.admin, database: grown(entries) }, (client) =>
    client.query(
      "SELECT pg_prewarm(indexrelid) FROM pg_index WHERE indrelid IN ('balances'::regclass, 'journal'::regclass)",
    ),
  );
}

export const DEEP_USER = user(USERS - 1);
const DEEP_ROWS = 110_000;

/** Gives one user a long past; answers the cursor behind its newest 100,000 rows. */
async function deepenHistory(admin: Parameters<typeof withAdmin>[0]): Promise<string> {
  return withAdmin(admin, async (client) => {
    await client.query(insertPostings(`a.handle = '${DEEP_USER}'`, 1, DEEP_ROWS));
    await client.query('VACUUM ANALYZE journal');
    const { rows } = await client.query(`
      SELECT (extract(epoch FROM created_at) * 1000000)::bigint::text AS micros, id AS "transactionId"
      FROM journal ORDER BY created_at DESC LIMIT 1 OFFSET 99999`);
    return historyCursor(rows[0]);
  });
}

function insertPostings(chosen: string, users: number, count: number): string {
  return `
    INSERT INTO journal (id, home, created_at, debit_account_id, debit_seq, credit_account_id, credit_seq,
      asset_type_id, kind, amount, debit_balance, credit_balance, idempotency_key, request_hash)
    SELECT id_of(c.home, md5(i::text)), c.home, now() - (${count} - i) * interval '1 second',
      d.id, i, c.id, i, t.id, 'TOP_UP', 1, -i, i, md5(i::text), ''
    FROM (
      SELECT a.home, a.id, row_number() OVER () AS position
      FROM user_accounts a JOIN bench_players p ON p.home = a.home AND p.handle = a.handle
      WHERE ${chosen}) AS c
    JOIN generate_series(1, ${count}) AS i ON c.position = 1 + i % ${users}, asset_types t, system_accounts d
    WHERE t.code = 'COIN_0' AND d.handle = '$treasury'`;
}

/** The ceiling: node:http, one call of the posting function per request, and nothing else. */
async function openBareServer(admin: EmbeddedPostgres['admin'], login: { user: string; password: string }) {
  const pool = new Pool({ ...admin, ...login, database: 'wallet', max: POOL_MAX });
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const { userId, assetCode, amount, idempotencyKey } = JSON.parse(body);
      try {
        const { rows } = await pool.query({
          name: 'post',
          text: POSTING,
          values: [homeOf(userId), userId, assetCode, amount, idempotencyKey],
        });
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(rows[0]));
      } catch {
        response.writeHead(503).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await pool.end();
    },
  };
}

/**
 * What pgbench sends for a posting; like the service, its callers bring a random key of 36 characters, and
 * the home: they look it up, at about the cost of one more row. It does not retry a busy row (55P03), so its
 * callers keep to users of their own.
 */
async function writePostingScript(folder: string): Promise<string> {
  const script = path.join(folder, 'posting.sql');
  const random = (digits: number): string => `random(1${'0'.repeat(digits - 1)}, ${'9'.repeat(digits)})`;
  const home = '(SELECT home FROM bench_players WHERE number = :user)';
  const lines = [
    '\\set user :client_id * 1000 + random(0, 999)',
    `\\set left ${random(18)}`,
    `\\set right ${random(18)}`,
    `SELECT public.post_transaction(${home}, 'TOP_UP', '$treasury', 'player_' || :user, 'COIN_0', 1, ` +
      `:left || :right, '${HASH}');`,
  ];
  await writeFile(script, `${lines.join('\n')}\n`);
  return script;
}

export interface PgbenchRun {
  perSecond: number;
}

/** One run of pgbench; it has to be installed. */
export function runPgbench(
  world: World,
  connections: number,
  millis: number,
  script?: string,
): Promise<PgbenchRun> {
  const { host, port, user: admin, password } = world.postgres.admin;
  const ours = script !== undefined;
  const args = [
    '-n',
    '-M',
    'prepared',
    '-h',
    host,
    '-p',
    String(port),
    '-U',
    ours ? 'wallet_app' : String(admin),
    '-c',
    String(connections),
  ];
  const rest = [
    '-j',
    '2',
    '-T',
    String(Math.max(1, Math.round(millis / 1000))),
    '--max-tries=100',
    ...(ours ? ['-f', script, 'wallet'] : ['limit']),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('pgbench', [...args, ...rest], {
      env: { ...process.env, PGPASSWORD: ours ? 'app' : String(password) },
    });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    child.once('error', reject);
    child.once('close', () =>
      resolve({ perSecond: Number(/tps = ([\d.]+)/.exec(printed)?.[1] ?? Number.NaN) }),
    );
  });
}
