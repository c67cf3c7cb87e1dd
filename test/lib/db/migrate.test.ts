import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../../infra/local/database';
import { type AdminConnection, createDatabase, ensureLogins, isEmpty, migrate, seed, withAdmin } from '../../../lib/db/migrate';
import { type Cluster, openCluster } from '../../support/cluster';
import { testServer } from '../../support/server';

let folder: string;
let database: AdminConnection;
let cluster: Cluster | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wallet-sql-'));
  await cp(SQL_FOLDER, folder, { recursive: true });
  database = { ...testServer(), database: `migrate_${randomUUID().slice(0, 8)}` };
  await createDatabase(testServer(), database.database ?? '');
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => cluster?.close());
const query = async (text: string) => (await withAdmin(database, (client) => client.query(text))).rows;

test('the second run has nothing to do', async () => {
  expect(await migrate(database, folder)).toContain('migrations/0002_ledger.sql');
  expect(await migrate(database, folder)).toEqual([]);
});

test('many at once: each file runs once', async () => {
  const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(database, folder)));
  expect(runs.filter((applied) => applied.length > 0)).toHaveLength(1);
});

test('a function or view runs again when its text changed, a migration never', async () => {
  await migrate(database, folder);
  await appendFile(path.join(folder, 'functions/refuse.sql'), '-- changed\n');
  expect(await migrate(database, folder)).toEqual(['functions/refuse.sql']);
  await appendFile(path.join(folder, 'migrations/0002_ledger.sql'), '-- changed\n');
  await expect(migrate(database, folder)).rejects.toThrow('migrations/0002_ledger.sql has run here and was edited since');
});

test('a file that fails leaves nothing of itself, and says which it was', async () => {
  await writeFile(path.join(folder, 'migrations/0008_bad.sql'), 'CREATE TABLE half_done (); SELECT nonsense;');
  await expect(migrate(database, folder)).rejects.toThrow('migrations/0008_bad.sql: column "nonsense" does not exist');
  expect(await query("SELECT to_regclass('half_done')")).toEqual([{ to_regclass: null }]);
  await writeFile(path.join(folder, 'migrations/0008_bad.sql'), 'CREATE TABLE whole ();');
  expect(await migrate(database, folder)).toContain('migrations/0008_bad.sql');
});

test('what was posted before the journal is carried into it, and its balances are named', async () => {
  for (const later of ['0003_journal', '0004_operations', '0005_reconciliation', '0007_balance_names']) {
    await rm(path.join(folder, `migrations/${later}.sql`));
  }
  for (const later of ['functions', 'views']) {
    await rm(path.join(folder, later), { recursive: true });
    await mkdir(path.join(folder, later));
  }
  await migrate(database, folder);
  await query(`
    INSERT INTO accounts (handle) VALUES ('early');
    INSERT INTO asset_types (code, name, scale) VALUES ('GEM', 'Gem', 2);
    INSERT INTO transactions (id, created_at, asset_type_id, transaction_type_id, amount, idempotency_key)
    VALUES ('019aaaaa-0000-7000-8000-000000000000', '2026-11-01', 1, 1, 25.50, 'first');
    INSERT INTO idempotency_keys VALUES ('first', 'hash', '019aaaaa-0000-7000-8000-000000000000');
    INSERT INTO ledger_entries (transaction_id, created_at, account_id, seq, asset_type_id, entry_type, stripe, amount, running_balance)
    SELECT t.id, t.created_at, a.id, 1, 1, e.entry_type::entry_type, e.stripe, t.amount, e.balance
    FROM transactions t, (VALUES ('$treasury', 'debit', 7, -25.50), ('early', 'credit', 0, 25.50)) AS e(handle, entry_type, stripe, balance)
    JOIN accounts a USING (handle);
    INSERT INTO balances (account_id, asset_type_id, stripe, balance, entry_count, last_entry_at)
    SELECT account_id, 1, stripe, running_balance, 1, created_at FROM ledger_entries`);
  await migrate(database, SQL_FOLDER);
  expect(await query("SELECT type, entry_type, amount, running_balance, created_at FROM read_history('early', 10)")).toEqual([
    {
      type: 'Wallet Top-up',
      entry_type: 'credit',
      amount: '25.50',
      running_balance: '25.50',
      created_at: new Date('2026-11-01T00:00:00Z'),
    },
  ]);
  expect(await query("SELECT transaction_id, credit_balance, replayed FROM replay_transaction('first', 'hash')")).toEqual([
    { transaction_id: '019aaaaa-0000-7000-8000-000000000000', credit_balance: '25.50', replayed: true },
  ]);
  expect(await query('SELECT handle, asset_code, scale, status FROM balances ORDER BY handle')).toEqual([
    { handle: '$treasury', asset_code: 'GEM', scale: 2, status: 'active' },
    { handle: 'early', asset_code: 'GEM', scale: 2, status: 'active' },
  ]);
});

test('a database that a newer service migrated is left alone', async () => {
  await writeFile(path.join(folder, 'migrations/0009_new.sql'), 'SELECT 1');
  await migrate(database, folder);
  await expect(migrate(database, SQL_FOLDER)).rejects.toThrow('newer version of the service (migrations/0009_new.sql)');
});

test('the ledger belongs to wallet_owner, not to whoever migrated', async () => {
  await migrate(database, folder);
  expect(
    await query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations'"),
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

  const stored = async () => (await query("SELECT rolpassword FROM pg_authid WHERE rolname = 'wallet_app'")).rows[0].rolpassword;
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

test('the seed data is posted once, however often it is run, as transactions that balance', async () => {
  await migrate(database, folder);
  expect(await isEmpty(database)).toBe(true);
  await seed(database, folder);
  await seed(database, folder);
  expect(await isEmpty(database)).toBe(false);
  expect(
    await query('SELECT count(*)::int AS transactions, (SELECT count(*)::int FROM ledger_entries) AS entries FROM transactions'),
  ).toEqual([{ transactions: 4, entries: 8 }]);
  // Reconciliation since a time begins at the ids of that time.
  const made = "to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)";
  expect(await query(`SELECT id FROM journal WHERE abs(extract(epoch FROM created_at - ${made})) > 60`)).toEqual([]);
  expect(await query('SELECT asset_type_id FROM balances GROUP BY 1 HAVING sum(balance) <> 0')).toEqual([]);
});
