import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, untilReachable } from '../../../infra/local/database';
import { startPostgres } from '../../../infra/local/postgres';
import { readSettings } from '../../../lib/app/config';
import { createDatabase } from '../../../lib/db/migrate';
import { testServer } from '../../support/server';

const open = (env: Record<string, string>) => openDatabase(readSettings(env));

test('DATABASE_URL is split into its parts, and the handlers log in with their own roles', async () => {
  const { admin, service, url } = await open({ DATABASE_URL: 'postgres://me:p%40ss@127.0.0.1:5555/mine' });
  expect(admin).toMatchObject({
    host: '127.0.0.1',
    port: 5555,
    database: 'mine',
    user: 'me',
    password: 'p@ss',
    ssl: false,
  });
  expect(service).toMatchObject({
    host: '127.0.0.1',
    port: 5555,
    name: 'mine',
    writer: { user: 'mine_app' },
    reader: { user: 'mine_reader' },
  });
  expect(url).toBe('postgres://me@127.0.0.1:5555/mine');
});

test('the service does not connect to a remote database before the first query', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const database = await open({ DATABASE_URL: `postgres://me:x@127.0.0.1:${port}/mine` });
  await database.stop();
  expect(connections).toBe(0);
  await expect(untilReachable(database, 0)).rejects.toThrow(
    `the database at 127.0.0.1:${port} does not answer`,
  );
  expect(connections).toBe(1);
  server.close();
});

test('a database that accepts a connection but never replies counts as down', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const database = await open({ DATABASE_URL: `postgres://me:x@127.0.0.1:${port}/mine` });
  await expect(untilReachable(database, 0)).rejects.toThrow('does not answer: timeout expired');
  server.close();
});

test('the service does not wait for a database that refuses the login', async () => {
  const { host, port, password } = testServer();
  const database = await open({
    DATABASE_URL: `postgres://nobody_here:${password}@${host}:${port}/postgres`,
  });
  await expect(untilReachable(database, 600)).rejects.toThrow(/refuses: password authentication failed/);
});

test('TLS is decided for each host: a remote proxy is verified even if the database is local', async () => {
  const { admin, service } = await open({
    DB_HOST: 'localhost',
    DB_PASSWORD: 'x',
    DB_PROXY_HOST: 'proxy.example.com',
  });
  expect([admin.ssl, service.tls]).toEqual([false, { ca: undefined }]);
  const off = await open({
    DATABASE_URL: 'postgres://me:x@db.example.com/w?sslmode=disable',
    DB_PROXY_HOST: 'proxy.example.com',
  });
  expect([off.admin.ssl, off.service.tls]).toEqual([false, false]);
});

test('the roles’ passwords are set, or derived alike in every process', async () => {
  const env = { DB_HOST: 'db.example.com', DB_PASSWORD: 'secret' };
  const [first, second, other] = await Promise.all([
    open(env),
    open(env),
    open({ ...env, DB_PASSWORD: 'other' }),
  ]);
  expect(first.service.writer).toEqual(second.service.writer);
  expect(first.service.writer).not.toEqual(other.service.writer);
  expect((await open({ ...env, DB_APP_PASSWORD: 'mine' })).service.writer).toEqual({
    user: 'wallet_app',
    password: 'mine',
  });
});

test('a remote database without any password is an error, but a local one is not', async () => {
  await expect(open({ DB_HOST: 'db.example.com' })).rejects.toThrow('DB_APP_PASSWORD must be set');
  await expect(open({ DB_HOST: 'localhost' })).resolves.toBeDefined();
});

test('the server starts in a folder that only its owner can enter, under a umask of 077', async () => {
  const umask = process.umask(0o077);
  const closed = await mkdtemp(path.join(tmpdir(), 'game-wallet-closed-'));
  try {
    const postgres = await startPostgres(path.join(closed, 'data'), ['-c fsync=off']);
    await createDatabase(postgres.admin, 'some');
    await postgres.stop();
    await rm(postgres.folder, { recursive: true });
  } finally {
    process.umask(umask);
    await rm(closed, { recursive: true });
  }
});
