import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../support/cluster';

const LINKED = ['functions', 'infra', 'lib', 'sql', 'node_modules', 'package.json', 'tsconfig.json'];

/** A checkout of its own: the sources by reference, the data and logs apart. */
let folder: string;
let port: number;
let running: ChildProcess | undefined;
async function checkOut(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'game-wallet-start-'));
  await chmod(made, 0o755);
  for (const name of LINKED) {
    await symlink(path.resolve(name), path.join(made, name));
  }
  return made;
}

beforeAll(async () => {
  folder = await checkOut();
  port = await freePort();
});
afterAll(async () => {
  if (running !== undefined) {
    await stop('SIGTERM');
  }
  await run('infra/local/reset.ts');
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  printed: string;
}

function launch(script: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: folder, env: { ...process.env, ...env } });
}

function run(script: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ended> {
  const child = launch(script, args, env);
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, printed })));
}

function start(): Promise<string> {
  const child = launch('infra/local/serve.ts', [], { PORT: String(port), LISTEN_HOST: '127.0.0.1' });
  running = child;
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk;
      if (printed.includes('Try:')) {
        resolve(printed);
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)));
  });
}

function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  const child = running;
  running = undefined;
  return new Promise((resolve) => {
    child?.once('exit', (code) => resolve(code));
    child?.kill(signal);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire gave.
type Json = any;
const get = async (url: string): Promise<Json> => (await fetch(`http://127.0.0.1:${port}${url}`)).json();
const post = async (url: string, body: object) => {
  const reply = await fetch(`http://127.0.0.1:${port}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, replayed: reply.headers.get('idempotency-replayed'), ...((await reply.json()) as Json) };
};

const opening = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 200, idempotencyKey: 'test-topup-1' };

test('start says where it listens, how to reach the database and what to try', async () => {
  const printed = await start();
  expect(printed).toContain(`listens on http://localhost:${port}`);
  expect(printed).toMatch(/postgres:\/\/postgres@127\.0\.0\.1:\d+\/wallet/);
  expect(printed).toContain(`curl http://localhost:${port}/api/balance/user_001`);
});

test("the seed's flow of requests answers as the seed says", async () => {
  expect(await get('/health')).toMatchObject({ success: true, data: { status: 'ok', database: 'ok' } });
  expect((await get('/api/balance/user_001')).data.balances).toMatchObject([
    { assetCode: 'GOLD_COIN', assetName: 'Gold Coins', balance: 500 },
    { assetCode: 'DIAMOND', assetName: 'Diamonds', balance: 50 },
  ]);
  expect(await post('/api/transactions/topup', opening)).toMatchObject({ status: 201, data: { amount: 200, newBalance: 700 } });
  const bonus = {
    userId: 'user_001',
    assetCode: 'LOYALTY_POINT',
    amount: 100,
    idempotencyKey: 'test-bonus-1',
    metadata: { reason: 'Testing bonus' },
  };
  expect(await post('/api/transactions/bonus', bonus)).toMatchObject({
    status: 201,
    data: { newBalance: 100, reason: 'Testing bonus' },
  });
  const purchase = {
    userId: 'user_001',
    assetCode: 'GOLD_COIN',
    amount: 50,
    idempotencyKey: 'test-purchase-1',
    metadata: { itemName: 'Test Item' },
  };
  expect(await post('/api/transactions/purchase', purchase)).toMatchObject({
    status: 201,
    data: { newBalance: 650, item: 'Test Item' },
  });
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([{ balance: 650 }]);
  const { data } = await get('/api/transactions/user_001?limit=5');
  expect(data.transactions.map((row: { typeCode: string }) => row.typeCode)).toEqual([
    'PURCHASE',
    'BONUS',
    'TOP_UP',
    'TOP_UP',
    'TOP_UP',
  ]);
  expect(await post('/api/transactions/topup', opening)).toMatchObject({
    status: 201,
    replayed: 'true',
    data: { newBalance: 700 },
  });
});

test('after kill -9 the next start finds the wallet as it was, and the key still spent', async () => {
  await stop('SIGKILL');
  await start();
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([{ balance: 650 }]);
  expect(await post('/api/transactions/topup', opening)).toMatchObject({ replayed: 'true', data: { newBalance: 700 } });
});

test('one event goes through one handler without HTTP, beside the running service', async () => {
  const event = path.join(folder, 'event.json');
  await writeFile(event, JSON.stringify({ body: { ...opening, idempotencyKey: 'invoked' } }));
  const { code, printed } = await run('infra/local/invoke.ts', ['wallet/topup', event]);
  expect(code).toBe(0);
  expect(printed).toContain('\\"newBalance\\":850');
  await writeFile(
    event,
    JSON.stringify({ pathParameters: { userId: 'user_001' }, queryStringParameters: { assetCode: 'DIAMOND' } }),
  );
  expect((await run('infra/local/invoke.ts', ['wallet/balance', event])).printed).toContain(
    '\\"balances\\":[{\\"assetCode\\":\\"DIAMOND\\"',
  );
  expect((await run('infra/local/invoke.ts', ['wallet/nothing', event])).printed).toContain(
    'usage: npm run invoke -- ROUTE event.json',
  );
});

test('a reset refuses while the service runs', async () => {
  expect(await run('infra/local/reset.ts')).toEqual({
    code: 1,
    printed: 'the database is in use: stop the running service first\n',
  });
});

test('when the npm that started it is killed, the service ends in order, and its port is free again', async () => {
  const other = String(await freePort());
  const npm = spawn('npm', ['start'], { cwd: folder, env: { ...process.env, PORT: other, LISTEN_HOST: '127.0.0.1' } });
  await new Promise<void>((resolve) => npm.stdout.on('data', (chunk) => String(chunk).includes('Try:') && resolve()));
  npm.kill('SIGKILL');
  const reachable = () =>
    fetch(`http://127.0.0.1:${other}/health`).then(
      () => true,
      () => false,
    );
  while (await reachable()) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // The other service of this folder shares the database, and keeps it.
  expect(await get('/health')).toMatchObject({ success: true });
});

test('a signal in the middle of the start leaves nothing running', async () => {
  const apart = await checkOut();
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/local/serve.ts'], {
    cwd: apart,
    env: { ...process.env, PORT: String(await freePort()) },
  });
  const pidFile = path.join(apart, '.local/postgres/postmaster.pid');
  while (!existsSync(pidFile)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  expect(existsSync(pidFile)).toBe(false);
  await rm(apart, { recursive: true, force: true });
});

test('a second start on the same port says so in one line, and leaves the first alone', async () => {
  const second = await run('infra/local/serve.ts', [], { PORT: String(port), LISTEN_HOST: '127.0.0.1' });
  expect(second.code).toBe(1);
  expect(second.printed).toMatch(/EADDRINUSE/);
  expect(await get('/health')).toMatchObject({ success: true });
});

test('a Ctrl-C, which arrives twice, stops service and database in order, and the logs are complete', async () => {
  const child = running;
  const stopped = stop('SIGTERM');
  child?.kill('SIGINT');
  expect(await stopped).toBe(0);
  const combined = await readFile(path.join(folder, 'logs/combined.log'), 'utf8');
  expect(combined).toContain('"route":"wallet/topup"');
  expect(combined).toContain('stopping');
  expect(existsSync(path.join(folder, 'logs/error.log'))).toBe(true);
  expect(existsSync(path.join(folder, '.local/postgres/postmaster.pid'))).toBe(false);
});

test.each([
  [{ PORT: 'http' }, 'PORT must be a port number\n'],
  [{ DB_HOTS: 'x' }, 'DB_HOTS is not a setting of this service (see .env.example)\n'],
  [{ AUTH: 'jwt' }, 'JWT_ISSUER must be set\n'],
])('a malformed or unknown setting stops the start with one line: %j', async (env, line) => {
  expect(await run('infra/local/serve.ts', [], env as unknown as Record<string, string>)).toEqual({ code: 1, printed: line });
});

test('migrate and seed run alone, twice, and change nothing', async () => {
  expect(await run('infra/local/migrate.ts')).toEqual({ code: 0, printed: 'nothing to migrate\n' });
  expect(await run('infra/local/seed.ts')).toEqual({ code: 0, printed: 'the seed data is posted\n' });
  await start();
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([{ balance: 850 }]);
});
