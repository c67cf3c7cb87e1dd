import { createHmac } from 'node:crypto';
import path from 'node:path';
import { type ServiceConfig, type Settings, tlsFor } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';
import { type AdminConnection, createDatabase, isEmpty, migrate, seed, setPasswords } from '../../lib/db/migrate';
import { startPostgres } from './postgres';

export const SQL_FOLDER = path.resolve('sql');
/** Git ignores it. */
export const DATA_FOLDER = path.resolve('.local');

export interface LocalDatabase {
  admin: AdminConnection;
  /** What the handlers connect with. */
  service: ServiceConfig['database'];
  /** For people: how to reach it with psql. */
  url: string;
  stop(): Promise<void>;
}

/** The database that the settings name, or the embedded one. Connects to nothing else. */
export async function openDatabase(settings: Settings): Promise<LocalDatabase> {
  const named = namedDatabase(settings);
  if (named !== undefined) {
    return describe(named, settings, async () => undefined);
  }
  const postgres = await startPostgres(DATA_FOLDER);
  await createDatabase(postgres.admin, settings.DB_NAME);
  return describe({ ...postgres.admin, database: settings.DB_NAME }, settings, postgres.stop);
}

/** Migrates, lets the service's roles log in, and posts the seed data into an empty ledger. Returns the files that ran. */
export async function prepare(database: LocalDatabase): Promise<string[]> {
  const applied = await migrate(database.admin, SQL_FOLDER);
  const { writer, reader } = database.service;
  const logins = [writer, reader].flatMap((login) => ('password' in login ? [[login.user, login.password]] : []));
  await setPasswords(database.admin, Object.fromEntries(logins));
  if (await isEmpty(database.admin)) {
    await seed(database.admin, SQL_FOLDER);
  }
  return applied;
}

function namedDatabase(settings: Settings): AdminConnection | undefined {
  if (settings.DATABASE_URL !== undefined) {
    const url = new URL(settings.DATABASE_URL);
    const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
    const ssl = url.searchParams.get('sslmode') === 'disable' ? false : tlsFor(host, settings);
    return {
      host,
      port: Number(url.port || settings.DB_PORT),
      database: decodeURIComponent(url.pathname.slice(1)) || settings.DB_NAME,
      user: decodeURIComponent(url.username) || 'postgres',
      password: decodeURIComponent(url.password),
      ssl: ssl && { rejectUnauthorized: true, ...ssl },
    };
  }
  if (settings.DB_HOST === undefined) {
    return undefined;
  }
  const ssl = tlsFor(settings.DB_HOST, settings);
  return {
    host: settings.DB_HOST,
    port: settings.DB_PORT,
    database: settings.DB_NAME,
    user: settings.DB_USER ?? 'postgres',
    password: settings.DB_PASSWORD ?? '',
    ssl: ssl && { rejectUnauthorized: true, ...ssl },
  };
}

function describe(admin: AdminConnection, settings: Settings, stop: () => Promise<void>): LocalDatabase {
  const host = settings.DB_PROXY_HOST ?? String(admin.host);
  const pooled = settings.DB_PROXY_HOST !== undefined;
  const secret = typeof admin.password === 'string' ? admin.password : '';
  return {
    admin,
    service: {
      host,
      port: pooled ? settings.DB_PROXY_PORT : Number(admin.port),
      name: String(admin.database),
      tls: admin.ssl === false ? false : tlsFor(host, settings),
      writer: { user: 'wallet_app', password: settings.DB_APP_PASSWORD ?? derivedPassword(secret, environment.appPassword) },
      reader: {
        user: 'wallet_reader',
        password: settings.DB_READER_PASSWORD ?? derivedPassword(secret, environment.readerPassword),
      },
      poolMin: settings.DB_POOL_MIN ?? 10,
      poolMax: settings.DB_POOL_MAX ?? 50,
      preparedStatements: settings.DB_PREPARED_STATEMENTS ?? !pooled,
    },
    url: `postgres://${admin.user}@${admin.host}:${admin.port}/${admin.database}`,
    stop,
  };
}

/** Every process that knows the administrator's password comes to the same one, so that several can share a database without a setting. */
function derivedPassword(adminPassword: string, purpose: string): string {
  return createHmac('sha256', adminPassword).update(purpose).digest('hex');
}
