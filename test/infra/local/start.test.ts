import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withAdmin } from '../../../lib/db/migrate';
import { type Checkout, checkOut, type Json, type Service } from '../../support/checkout';
import { freePort } from '../../support/cluster';

/**
 * The tests below are one story, told in order: a service that is started, used, killed, started again and
 * stopped.
 */
let checkout: Checkout;
let service: Service | undefined;
beforeAll(async () => {
  checkout = await checkOut();
});
afterAll(async () => {
  await service?.stop();
  await checkout.close();
});

const get = (url: string): Promise<Json> => checkout.get(url);
const post = (url: string, body: object): Promise<Json> => checkout.post(url, body);
const run: Checkout['run'] = (...command) => checkout.run(...command);
const start = async (): Promise<string> => {
  service = await checkout.start();
  return service.printed();
};
const stop = (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
  const stopping = service;
  service = undefined;
  return stopping?.stop(signal) ?? Promise.resolve(null);
};

const opening = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 200, idempotencyKey: 'test-topup-1' };

test('the start prints where the service listens, how to reach the database and what to try', async () => {
  const printed = await start();
  expect(printed).toContain(`listens on http://localhost:${checkout.port}`);
  expect(printed).toMatch(/postgres:\/\/postgres:postgres@127\.0\.0\.1:\d+\/wallet/);
  expect(printed).toContain(`curl http://localhost:${checkout.port}/api/balance/user_001`);
  expect(printed).toContain(`http://localhost:${checkout.port}/docs`);
  expect(printed).toContain('are not checked');
  // Nothing pushes the greeting away: the jobs come later.
  expect(printed.trimEnd()).toMatch(/Stop: +Ctrl-C$/);
});

test('the service’s passwords belong to its folder, and those of another folder are refused', async () => {
  const url = /postgres:\/\/\S+\/wallet/.exec(service?.printed() ?? '')?.[0] ?? '';
  const { hostname: host, port } = new URL(url);
  const logIn = (folder: string) => {
    const password = createHmac('sha256', 'postgres').update('DB_APP_PASSWORD').update(folder).digest('hex');
    const login = { user: 'wallet_app', password, host, port: Number(port), database: 'wallet' };
    return withAdmin(login, async () => 'let in');
  };
  expect(await logIn(await realpath(path.join(checkout.folder, '.local')))).toBe('let in');
  await expect(logIn(await realpath(checkout.folder))).rejects.toThrow('password authentication failed');
});

test('a first series of requests gets the promised replies', async () => {
  expect(await get('/health')).toMatchObject({ success: true, data: { status: 'ok', database: 'ok' } });
  expect((await get('/api/balance/user_001')).data.balances).toMatchObject([
    { assetCode: 'GOLD_COIN', assetName: 'Gold Coins', balance: 500 },
    { assetCode: 'DIAMOND', assetName: 'Diamonds', balance: 50 },
  ]);
  expect(await post('/api/transactions/topup', opening)).toMatchObject({
    status: 201,
    data: { amount: 200, newBalance: 700 },
  });
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
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([
    { balance: 650 },
  ]);
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

test('after kill -9 the next start finds the same balances and the used idempotency key', async () => {
  await stop('SIGKILL');
  await start();
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([
    { balance: 650 },
  ]);
  expect(await post('/api/transactions/topup', opening)).toMatchObject({
    replayed: 'true',
    data: { newBalance: 700 },
  });
});

test('npm run invoke passes one event to one handler without HTTP, beside the running service', async () => {
  const event = path.join(checkout.folder, 'event.json');
  await writeFile(event, JSON.stringify({ body: { ...opening, idempotencyKey: 'invoked' } }));
  const { code, printed } = await run('infra/local/invoke.ts', ['wallet/topup', event]);
  expect(code).toBe(0);
  expect(printed).toContain('\\"newBalance\\":850');
  await writeFile(
    event,
    JSON.stringify({
      pathParameters: { userId: 'user_001' },
      queryStringParameters: { assetCode: 'DIAMOND' },
    }),
  );
  expect((await run('infra/local/invoke.ts', ['wallet/balance', event])).printed).toContain(
    '\\"balances\\":[{\\"assetCode\\":\\"DIAMOND\\"',
  );
});

test('an event that is refused, unreadable or without a handler exits with 1', async () => {
  const event = path.join(checkout.folder, 'event.json');
  const invoke = (...args: string[]) => run('infra/local/invoke.ts', args);
  expect(await invoke('wallet/nothing', event)).toMatchObject({
    code: 1,
    printed: expect.stringContaining('usage: npm run invoke'),
  });
  expect(await invoke('wallet/topup', 'missing.json')).toMatchObject({
    code: 1,
    printed: expect.stringMatching(/^missing\.json cannot be read as an event: ENOENT/),
  });
  await writeFile(event, '{"body": ');
  expect(await invoke('wallet/topup', event)).toMatchObject({
    code: 1,
    printed: expect.stringContaining(`${event} cannot be read as an event: `),
  });
  await writeFile(event, 'null');
  expect(await invoke('wallet/topup', event)).toMatchObject({
    code: 1,
    printed: `${event} cannot be read as an event: it is no JSON object\n`,
  });
  await writeFile(event, JSON.stringify({ body: { ...opening, amount: 0 } }));
  expect(await invoke('wallet/topup', event)).toMatchObject({
    code: 1,
    printed: expect.stringContaining('VALIDATION_ERROR'),
  });
});

test('the ledger can be verified while the service runs', async () => {
  expect((await run('infra/local/job.ts', ['checkpoint'])).code).toBe(0);
  const { code, printed } = await run('infra/local/verify-ledger.ts');
  expect([code, printed]).toEqual([
    0,
    expect.stringMatching(/All \d+ transactions of \d+ checkpoints are as/),
  ]);
});

test('a reset refuses while the service runs', async () => {
  expect(await run('infra/local/reset.ts')).toEqual({
    code: 1,
    printed: 'the database is in use: stop the running service first\n',
  });
});

test('when the npm that started it is killed, the service stops and frees its port', async () => {
  const other = String(await freePort());
  const npm = spawn('npm', ['start'], {
    cwd: checkout.folder,
    env: { ...process.env, PORT: other, LISTEN_HOST: '127.0.0.1' },
  });
  await new Promise<void>((resolve) =>
    npm.stdout.on('data', (chunk) => String(chunk).includes('Ctrl-C') && resolve()),
  );
  npm.kill('SIGKILL');
  // The service has npm's output, so this waits for its end too.
  await once(npm, 'close');
  await expect(fetch(`http://127.0.0.1:${other}/health`)).rejects.toThrow();
  // The other service of this folder shares the database, and keeps it.
  expect(await get('/health')).toMatchObject({ success: true });
});

test('a signal in the middle of the start leaves no process running', async () => {
  const apart = await checkOut();
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/local/serve.ts'], {
    cwd: apart.folder,
    env: { ...process.env, PORT: String(await freePort()) },
  });
  const pidFile = path.join(apart.folder, '.local/postgres/postmaster.pid');
  while (!existsSync(pidFile)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  expect(existsSync(pidFile)).toBe(false);
  await apart.close();
});

test('a second start on the same port reports the conflict and does not disturb the first', async () => {
  const second = await run('infra/local/serve.ts', [], {
    PORT: String(checkout.port),
    LISTEN_HOST: '127.0.0.1',
  });
  expect(second.code).toBe(1);
  expect(second.printed).toMatch(/EADDRINUSE/);
  expect(second.printed).not.toContain('deliver-events');
  expect(await get('/health')).toMatchObject({ success: true });
});

test('a Ctrl-C that arrives twice stops service and database, and the logs are complete', async () => {
  const child = service?.child;
  const stopped = stop('SIGTERM');
  child?.kill('SIGINT');
  expect(await stopped).toBe(0);
  const combined = await readFile(path.join(checkout.folder, 'logs/combined.log'), 'utf8');
  expect(combined).toContain('"route":"wallet/topup"');
  expect(combined).toContain('stopping');
  expect(existsSync(path.join(checkout.folder, 'logs/error.log'))).toBe(true);
  expect(existsSync(path.join(checkout.folder, '.local/postgres/postmaster.pid'))).toBe(false);
});

test.each([
  [{ PORT: 'http' }, 'PORT must be a port number\n'],
  [{ DB_HOTS: 'x' }, 'DB_HOTS is not a setting of this service (see .env.example)\n'],
  [{ AUTH: 'jwt' }, 'JWT_ISSUER must be set\n'],
  [
    { LISTEN_HOST: '0.0.0.0' },
    'LISTEN_HOST lets other machines call: set AUTH=jwt or AUTH=local, or AUTH=none to serve everybody\n',
  ],
])('a malformed or unknown setting stops the start with one line: %j', async (env, line) => {
  expect(await run('infra/local/serve.ts', [], env as unknown as Record<string, string>)).toEqual({
    code: 1,
    printed: line,
  });
});

test('migrate and seed can run again on their own and change nothing', async () => {
  expect(await run('infra/local/migrate.ts')).toEqual({ code: 0, printed: 'nothing to migrate\n' });
  expect(await run('infra/local/seed.ts')).toEqual({ code: 0, printed: 'the seed data is posted\n' });
  await start();
  expect((await get('/api/balance/user_001?assetCode=GOLD_COIN')).data.balances).toMatchObject([
    { balance: 850 },
  ]);
});
