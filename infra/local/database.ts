import { createHmac } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isLoopback, type ServiceConfig, type Settings, tlsFor } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';
import { rolesOf } from '../../lib/base/roles';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { verifiedTls } from '../../lib/db/database';
import { readFailure } from '../../lib/db/failures';
import {
  type AdminConnection,
  createDatabase,
  isEmpty,
  migrate,
  seed,
  setPasswords,
  withAdmin,
} from '../../lib/db/migrate';
import { type EmbeddedOptions, startPostgres } from './postgres';

export const SQL_FOLDER = path.resolve('sql');
/** Git ignores it. */
export const DATA_FOLDER = path.resolve('.local');

/**
 * Connections of each login. More sessions than the database has work for only evict each other from its
 * caches: on two cores 64 callers posted 18 to 20 % more through 16 connections than through 64, and as many
 * through 8.
 */
const POOL_MAX = 16;

/** Milliseconds between tries at a database that does not answer yet. */
const REACH_PAUSE_MILLIS = 500;
/** Milliseconds that one try may take. */
const MIN_TRY_MILLIS = 1_000;
const MAX_TRY_MILLIS = 5_000;

export interface LocalDatabase {
  admin: AdminConnection;
  /** What the handlers connect with. */
  service: ServiceConfig['database'];
  /**
   * For people: how to reach it with psql. It has the password of the embedded database alone, which
   * everybody knows.
   */
  url: string;
  stop(): Promise<void>;
}

/**
 * The database that the settings name, or the embedded one, which is started. Connects to nothing else.
 * `onRestart`: see startPostgres.
 */
export async function openDatabase(
  given: Settings,
  onRestart?: EmbeddedOptions['onRestart'],
): Promise<LocalDatabase> {
  const settings = withUrlSettings(given);
  if (settings.DB_HOST !== undefined) {
    const admin = {
      host: settings.DB_HOST,
      port: settings.DB_PORT,
      database: settings.DB_NAME,
      user: settings.DB_USER ?? 'postgres',
      password: settings.DB_PASSWORD ?? '',
      ssl: verifiedTls(tlsFor(settings.DB_HOST, settings)),
    };
    return describe(admin, settings, admin.user, async () => undefined);
  }
  const postgres = await startPostgres(DATA_FOLDER, [], {
    port: settings.DB_LOCAL_PORT,
    ...(onRestart && { onRestart }),
  });
  try {
    await createDatabase(postgres.admin, settings.DB_NAME);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  const { user, password } = postgres.admin;
  return describe(
    { ...postgres.admin, database: settings.DB_NAME },
    settings,
    `${user}:${password}`,
    postgres.stop,
    // Every embedded server has the same administrator. If another one gets the port, it must not let the
    // service of this one in.
    await realpath(postgres.folder),
  );
}

/** Waits, `seconds` at most, until the database takes connections, and says once that it waits and why. */
export async function untilReachable({ admin }: LocalDatabase, seconds: number): Promise<void> {
  const deadline = monotonicMillis() + seconds * 1_000;
  for (let isFirst = true; ; isFirst = false) {
    try {
      // One that takes connections and says nothing is as good as down.
      const connectionTimeoutMillis = Math.max(
        MIN_TRY_MILLIS,
        Math.min(MAX_TRY_MILLIS, deadline - monotonicMillis()),
      );
      return await withAdmin({ ...admin, connectionTimeoutMillis }, async () => undefined);
    } catch (error) {
      const { remedy, code } = readFailure(error);
      const reason = (error as Error).message || code;
      if (remedy !== 'connection' || monotonicMillis() >= deadline) {
        const fate = remedy === 'connection' ? 'does not answer' : 'refuses';
        throw new Error(`the database at ${admin.host}:${admin.port} ${fate}: ${reason}`, { cause: error });
      }
      if (isFirst) {
        process.stderr.write(`waiting for the database at ${admin.host}:${admin.port}: ${reason}\n`);
      }
      await sleep(REACH_PAUSE_MILLIS);
    }
  }
}

/**
 * Migrates, lets the service's roles log in, and posts the seed data into an empty ledger. Returns the files
 * that ran.
 */
export async function prepare(database: LocalDatabase, { distribute = false } = {}): Promise<string[]> {
  const title = database.service.name;
  const applied = await migrate(database.admin, SQL_FOLDER, title, { distribute });
  const { writer, reader } = database.service;
  const logins = [writer, reader].flatMap((login) =>
    'password' in login ? [[login.user, login.password]] : [],
  );
  await setPasswords(database.admin, Object.fromEntries(logins));
  if (await isEmpty(database.admin)) {
    await seed(database.admin, SQL_FOLDER, title);
  }
  return applied;
}

/** DATABASE_URL taken apart into the settings that it stands for. */
function withUrlSettings(settings: Settings): Settings {
  if (settings.DATABASE_URL === undefined) {
    return settings;
  }
  const url = new URL(settings.DATABASE_URL);
  const orElse = (text: string, other: string | undefined) =>
    text === '' ? other : decodeURIComponent(text);
  return {
    ...settings,
    DB_HOST: url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, ''),
    DB_PORT: Number(url.port || settings.DB_PORT),
    DB_NAME: orElse(url.pathname.slice(1), undefined) ?? settings.DB_NAME,
    DB_USER: orElse(url.username, settings.DB_USER),
    DB_PASSWORD: orElse(url.password, settings.DB_PASSWORD),
    DB_SSL: url.searchParams.get('sslmode') === 'disable' ? 'disable' : settings.DB_SSL,
  };
}

function describe(
  admin: AdminConnection,
  settings: Settings,
  told: string,
  stop: () => Promise<void>,
  salt = '',
): LocalDatabase {
  const host = settings.DB_PROXY_HOST ?? String(admin.host);
  const pooled = settings.DB_PROXY_HOST !== undefined;
  const roles = rolesOf(String(admin.database));
  const password = (set: string | undefined, name: string): string =>
    set ?? derivedPassword(admin, name, salt);
  return {
    admin,
    service: {
      host,
      port: pooled ? settings.DB_PROXY_PORT : Number(admin.port),
      name: String(admin.database),
      tls: tlsFor(host, settings),
      writer: {
        user: roles.app,
        password: password(settings.DB_APP_PASSWORD, environment.appPassword),
      },
      reader: {
        user: roles.reader,
        password: password(settings.DB_READER_PASSWORD, environment.readerPassword),
      },
      poolMin: settings.DB_POOL_MIN ?? 10,
      poolMax: settings.DB_POOL_MAX ?? POOL_MAX,
      preparedStatements: settings.DB_PREPARED_STATEMENTS ?? !pooled,
    },
    url: `postgres://${told}@${admin.host}:${admin.port}/${admin.database}`,
    stop,
  };
}

/**
 * Every process that knows the administrator's password comes to the same one, so that several can share a
 * database without a setting. Without one to derive from, anybody could: then only a server that trusts this
 * machine anyway gets it.
 */
function derivedPassword(admin: AdminConnection, purpose: string, salt: string): string {
  const secret = typeof admin.password === 'string' ? admin.password : '';
  if (secret === '' && !isLoopback(String(admin.host))) {
    throw new Error(`${purpose} must be set: the database's login has no password to derive it from`);
  }
  return createHmac('sha256', secret).update(purpose).update(salt).digest('hex');
}
