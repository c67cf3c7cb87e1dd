import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../../infra/local/database';
import { rolesOf } from '../../../lib/base/roles';
import {
  type AdminConnection,
  createDatabase,
  ensureLogins,
  isEmpty,
  migrate,
  seed,
  withAdmin,
} from '../../../lib/db/migrate';
import { type Cluster, openCluster } from '../../support/cluster';
import { PASSWORDS, testServer } from '../../support/server';

let folder: string;
let database: AdminConnection;
let cluster: Cluster | undefined;
let rds: Cluster | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wallet-sql-'));
  await cp(SQL_FOLDER, folder, { recursive: true });
  database = { ...testServer(), database: `migrate_${randomUUID().slice(0, 8)}` };
  await createDatabase(testServer(), database.database ?? '');
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(async () => {
  await cluster?.close();
  await rds?.close();
});
const query = async (text: string) => (await withAdmin(database, (client) => client.query(text))).rows;

test('a second run has nothing to do', async () => {
  expect(await migrate(database, folder)).toContain('migrations/0002_ledger.sql');
  expect(await migrate(database, folder)).toEqual([]);
});

test('several migrations at the same time run each file once', async () => {
  const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(database, folder)));
  expect(runs.filter((applied) => applied.length > 0)).toHaveLength(1);
});

test('a function or view runs again when its text has changed, but a migration never does', async () => {
  await migrate(database, folder);
  await appendFile(path.join(folder, 'functions/refuse.sql'), '-- changed\n');
  expect(await migrate(database, folder)).toEqual(['functions/refuse.sql']);
  await appendFile(path.join(folder, 'migrations/0002_ledger.sql'), '-- changed\n');
  await expect(migrate(database, folder)).rejects.toThrow(
    'migrations/0002_ledger.sql has run here and was edited since',
  );
});

test('a file that fails changes nothing, and the error names the file', async () => {
  await writeFile(
    path.join(folder, 'migrations/0008_bad.sql'),
    'CREATE TABLE half_done (); SELECT nonsense;',
  );
  await expect(migrate(database, folder)).rejects.toThrow(
    'migrations/0008_bad.sql: column "nonsense" does not exist',
  );
  expect(await query("SELECT to_regclass('half_done')")).toEqual([{ to_regclass: null }]);
  await writeFile(path.join(folder, 'migrations/0008_bad.sql'), 'CREATE TABLE whole ();');
  expect(await migrate(database, folder)).toContain('migrations/0008_bad.sql');
});

test('a database that a newer service migrated is left alone', async () => {
  await writeFile(path.join(folder, 'migrations/0009_new.sql'), 'SELECT 1');
  await migrate(database, folder);
  await expect(migrate(database, SQL_FOLDER)).rejects.toThrow(
    'newer version of the service (migrations/0009_new.sql)',
  );
});

test('the ledger belongs to wallet_owner, not to whoever migrated', async () => {
  await migrate(database, folder);
  expect(
    await query(
      `SELECT DISTINCT tableowner FROM pg_tables
       WHERE schemaname = 'public' AND tablename <> 'schema_migrations'`,
    ),
  ).toEqual([{ tableowner: 'wallet_owner' }]);
});

test('an administrator without superuser rights, as on RDS, can migrate a database that it owns, and let the service log in', async () => {
  cluster = await openCluster(['-c fsync=off']);
  const { admin } = cluster;
  const query = (text: string) => withAdmin(admin, (client) => client.query(text));
  await query("CREATE ROLE manager LOGIN CREATEROLE CREATEDB PASSWORD 'x'");
  await query('CREATE DATABASE managed OWNER manager');
  const connection = { ...admin, database: 'managed', user: 'manager', password: 'x' };
  expect(await migrate(connection, folder)).toContain('migrations/0002_ledger.sql');
  await seed(connection, folder);

  const stored = async () =>
    (await query("SELECT rolpassword FROM pg_authid WHERE rolname = 'wallet_app'")).rows[0].rolpassword;
  const login = { user: 'wallet_app', password: 'first' };
  await ensureLogins(connection, [login]);
  await withAdmin({ ...connection, ...login }, (client) => client.query('SELECT 1'));
  const before = await stored();
  // A password that works is left alone: a rotation may be under way.
  await ensureLogins(connection, [login]);
  expect(await stored()).toBe(before);
  await ensureLogins(connection, [{ ...login, password: 'second' }]);
  await withAdmin({ ...connection, ...login, password: 'second' }, (client) => client.query('SELECT 1'));
});

test('a title has roles of its own, and the logins of one cannot reach the database of another', async () => {
  const chess = { ...database, database: `chess_${randomUUID().slice(0, 8)}` };
  const title = chess.database;
  await createDatabase(testServer(), title);
  await migrate(database, folder);
  await migrate(chess, folder, title);
  await seed(chess, folder, title);
  const chessLogins = Object.values(rolesOf(title)).slice(1);
  const walletLogins = Object.values(rolesOf('wallet')).slice(1);
  await ensureLogins(
    chess,
    chessLogins.map((user) => ({ user, password: 'chess' })),
  );

  for (const user of chessLogins) {
    const login = { user, password: 'chess' };
    await withAdmin({ ...chess, ...login }, (client) => client.query('SELECT * FROM public.read_assets()'));
    await expect(withAdmin({ ...database, ...login }, async () => undefined)).rejects.toThrow(
      'permission denied for database',
    );
  }
  for (const user of walletLogins as (keyof typeof PASSWORDS)[]) {
    const login = { user, password: PASSWORDS[user] };
    await expect(withAdmin({ ...chess, ...login }, async () => undefined)).rejects.toThrow(
      'permission denied for database',
    );
  }
});

test('the login by which RDS Proxy watches can connect, whether RDS makes it before or after the migration', async () => {
  rds = await openCluster(['-c fsync=off']);
  const { admin } = rds;
  const at = (user: string) =>
    withAdmin({ ...admin, user, password: 'x' }, (client) => client.query('SELECT 1'));
  const run = (text: string) => withAdmin(admin, (client) => client.query(text));
  await run("CREATE ROLE rdsadmin LOGIN PASSWORD 'x'");
  await run("CREATE ROLE somebody LOGIN PASSWORD 'x'");
  await migrate(admin, folder);
  // There is no proxy yet: when it comes, it must not find the door shut.
  await run("CREATE ROLE rdsproxyadmin LOGIN PASSWORD 'x'");
  await at('rdsproxyadmin');
  expect(await migrate(admin, folder)).toEqual([]);
  await at('rdsproxyadmin');
  await expect(at('somebody')).rejects.toThrow('permission denied for database');
});

test('the seed data is posted only once and balances, however often it is run', async () => {
  await migrate(database, folder);
  expect(await isEmpty(database)).toBe(true);
  await seed(database, folder);
  await seed(database, folder);
  expect(await isEmpty(database)).toBe(false);
  expect(
    await query(
      `SELECT count(*)::int AS transactions, (SELECT count(*)::int FROM ledger_entries) AS entries
       FROM transactions`,
    ),
  ).toEqual([{ transactions: 4, entries: 8 }]);
  expect(await query('SELECT asset_type_id FROM balances GROUP BY 1 HAVING sum(balance) <> 0')).toEqual([]);
});
