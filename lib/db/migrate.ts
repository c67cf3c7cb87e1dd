import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { MAIN_TITLE, rolesOf } from '../base/roles';
import { equipNodes, filesForSeveralNodes, isDistributed, requireNodes, type SqlFile } from './citus';
import { readFailure } from './failures';

/** How to reach a database as the role that migrates it. */
export type AdminConnection = Pick<
  ClientConfig,
  'host' | 'port' | 'database' | 'user' | 'password' | 'ssl' | 'connectionTimeoutMillis'
>;

/** Any fixed number; one migrator per database at a time waits for it. */
const MIGRATION_LOCK = 7_214_091;
/** Files about roles and nodes run as the migrating login, all others as the role that owns the ledger. */
const ADMIN_FILE = /_roles\.sql$|^distributed\/\w+\.sql$/;
/** The roles as the SQL files name them: those of the main title. */
const ROLES = /\bwallet_(owner|app|reader)\b/g;
/** RDS Proxy watches the databases behind it by this login, which RDS makes. */
const PROXY_MONITOR = 'rdsproxyadmin';
/** RDS's own login, on each of its servers. */
const RDS_OWNER = 'rdsadmin';
/**
 * Applied again whenever their text changes, in this order: a view calls functions, whose bodies are not
 * checked.
 */
const REPEATABLE_FOLDERS = ['chart', 'functions', 'views', 'laws'];
/** What a ledger on several nodes has besides, see citus.ts. */
const DISTRIBUTED_FOLDERS = ['', '/functions', '/views', '/laws'].map((folder) => `distributed${folder}`);

/**
 * Runs `work` with a direct session (no pooler: it takes a session lock and sets its role), and closes it.
 */
export async function withAdmin<Result>(
  connection: AdminConnection,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ ...connection, application_name: 'wallet-migrate' });
  client.on('error', () => undefined); // The query in flight rejects with it.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Brings a database to the state of `sqlFolder` and returns the files that it ran. `title`: whose roles own
 * and use it. `distribute`: lays it on the nodes of the Citus cluster whose coordinator this is; once that
 * was done, every run knows it. Safe to run twice and by many at once. Throws when a migration that has run
 * was edited, and a NewerDatabaseError when a newer service has run one that is unknown here.
 */
export async function migrate(
  connection: AdminConnection,
  sqlFolder: string,
  title = MAIN_TITLE,
  { distribute = false } = {},
): Promise<string[]> {
  const migrations = await readFolder(sqlFolder, 'migrations');
  const repeatables = await readFolders(sqlFolder, REPEATABLE_FOLDERS);
  const distributed = await readFolders(sqlFolder, DISTRIBUTED_FOLDERS);

  return withAdmin(connection, async (client) => {
    if (distribute) {
      await requireNodes(client);
    }
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await admitProxy(client);
    const applied = await readApplied(client);
    checkHistory(migrations, applied);
    const hasNodes = distribute || (await isDistributed(client));
    const files = hasNodes
      ? filesForSeveralNodes(migrations, repeatables, distributed)
      : [...migrations, ...repeatables];
    // A migration runs once, every other file again when it changes.
    const pending = files.filter(
      (file) => !(migrations.includes(file) ? applied.has(file.name) : applied.get(file.name) === file.hash),
    );
    for (const file of pending) {
      await apply(client, file, title);
    }
    if (hasNodes) {
      await equipNodes(client, rolesOf(title));
    }
    await admitProxy(client);
    await client.query('SELECT public.begin_epoch()');
    return pending.map((file) => file.name);
  });
}

/** Posts the seed data; again, it replays. */
export async function seed(
  connection: AdminConnection,
  sqlFolder: string,
  title = MAIN_TITLE,
): Promise<void> {
  const text = await readFile(path.join(sqlFolder, 'seed.sql'), 'utf8');
  await withAdmin(connection, (client) =>
    client.query(
      `BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL ROLE ${rolesOf(title).owner}; ${text}; COMMIT`,
    ),
  );
}

/** Whether no asset was ever made here. */
export async function isEmpty(connection: AdminConnection): Promise<boolean> {
  const result = await withAdmin(connection, (client) =>
    client.query('SELECT FROM public.asset_types LIMIT 1'),
  );
  return result.rowCount === 0;
}

/**
 * What is told of a database that a newer version of the service has migrated: an older one must not touch
 * it.
 */
export class NewerDatabaseError extends Error {}

/**
 * Tries at changing a role: roles are shared by every database of a server, and two changes at once fail
 * (XX000, concurrently updated).
 */
const ROLE_TRIES = 5;

/** Lets the service's two roles log in with these passwords. */
export async function setPasswords(
  connection: AdminConnection,
  passwords: Record<string, string>,
): Promise<void> {
  await withAdmin(connection, async (client) => {
    for (const [role, password] of Object.entries(passwords)) {
      const statement = `ALTER ROLE ${client.escapeIdentifier(role)} PASSWORD ${client.escapeLiteral(password)}`;
      for (let attempt = 1; ; attempt++) {
        try {
          await client.query(statement);
          break;
        } catch (error) {
          if (attempt === ROLE_TRIES || (error as { code?: string }).code !== 'XX000') {
            throw error;
          }
        }
      }
    }
  });
}

/**
 * Lets the service's roles log in with these credentials, where they cannot yet: a password that works is
 * left alone, because a rotation may be on its way to the next one.
 */
export async function ensureLogins(
  connection: AdminConnection,
  logins: { user: string; password: string }[],
): Promise<void> {
  for (const { user, password } of logins) {
    try {
      await withAdmin({ ...connection, user, password }, async () => undefined);
    } catch (error) {
      if (readFailure(error).remedy !== 'password') {
        throw error;
      }
      await setPasswords(connection, { [user]: password });
    }
  }
}

/** Makes the database unless it exists. `connection` names another one of the same server. */
export async function createDatabase(
  connection: AdminConnection,
  name: string,
  template = 'template1',
): Promise<void> {
  await withAdmin(connection, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(template)}`,
      );
    }
  });
}

async function readFolder(sqlFolder: string, folder: string): Promise<SqlFile[]> {
  const names = (await readdir(path.join(sqlFolder, folder))).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(sqlFolder, folder, name), 'utf8');
      return { name: `${folder}/${name}`, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readFolders(sqlFolder: string, folders: string[]): Promise<SqlFile[]> {
  return (await Promise.all(folders.map((folder) => readFolder(sqlFolder, folder)))).flat();
}

async function readApplied(client: Client): Promise<Map<string, string>> {
  await client.query(`CREATE TABLE IF NOT EXISTS public.schema_migrations (
    name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string; hash: string }>(
    'SELECT name, hash FROM public.schema_migrations',
  );
  return new Map(rows.map((row) => [row.name, row.hash]));
}

function checkHistory(migrations: SqlFile[], applied: Map<string, string>): void {
  for (const file of migrations) {
    const hash = applied.get(file.name);
    if (hash !== undefined && hash !== file.hash) {
      throw new Error(
        `${file.name} has run here and was edited since: migrations go forward only, add a new one`,
      );
    }
  }
  const known = new Set(migrations.map((file) => file.name));
  const unknown = [...applied.keys()].filter((name) => name.startsWith('migrations/') && !known.has(name));
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `this database was migrated by a newer version of the service (${unknown.join(', ')})`,
    );
  }
}

/**
 * Lets RDS Proxy's monitor connect, which the roles' migration takes from everybody; without it the proxy may
 * become unavailable (Aurora user guide, "Troubleshooting for RDS Proxy"). Where RDS has not made that login
 * yet, because there is no proxy, everybody keeps CONNECT until the next run: the proxy could not become
 * available without it.
 */
async function admitProxy(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT format(
       CASE WHEN bool_or(rolname = $1)
         THEN 'GRANT CONNECT ON DATABASE %1$I TO %2$I; REVOKE CONNECT ON DATABASE %1$I FROM PUBLIC'
         ELSE 'GRANT CONNECT ON DATABASE %1$I TO PUBLIC' END,
       current_database(), $1) AS statements
     FROM pg_roles WHERE rolname IN ($1, $2) HAVING count(*) > 0`,
    [PROXY_MONITOR, RDS_OWNER],
  );
  for (const { statements } of rows) {
    await client.query(statements);
  }
}

async function apply(client: Client, file: SqlFile, title: string): Promise<void> {
  try {
    await client.query('BEGIN');
    if (!ADMIN_FILE.test(file.name)) {
      await client.query(`SET LOCAL ROLE ${rolesOf(title).owner}`);
    }
    // Functions of a folder may call each other, whichever is made first.
    await client.query('SET LOCAL check_function_bodies = off');
    await client.query(file.text.replace(ROLES, `${title}_$1`));
    await client.query('RESET ROLE');
    await client.query(
      `INSERT INTO public.schema_migrations (name, hash) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, applied_at = now()`,
      [file.name, file.hash],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`${file.name}: ${(error as Error).message}`, { cause: error });
  }
}
