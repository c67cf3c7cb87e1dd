import { createApp, useApp } from '../../lib/app/app';
import { type Settings, tlsFor } from '../../lib/app/config';
import { outsideConfig } from '../../lib/app/key-settings';
import { type Audit, openAudit } from '../../lib/db/audit';
import { isDistributed } from '../../lib/db/citus';
import { withAdmin } from '../../lib/db/migrate';
import { type LocalDatabase, openDatabase, prepare, untilReachable } from './database';
import { localSettings } from './settings';

/** One piece of work on the database of the settings, which is opened before and left after it. */
export async function withDatabase<Result>(
  work: (database: LocalDatabase, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = localSettings();
  const database = await openDatabase(settings);
  try {
    await untilReachable(database, settings.DB_STARTUP_SECONDS);
    return await work(database, settings);
  } finally {
    await database.stop();
  }
}

/**
 * The same as the login that the settings name, which may be one that only reads: nothing is migrated, seeded
 * or set.
 */
export function withAudit(
  work: (audit: Audit, settings: Settings, title: string) => Promise<void>,
): Promise<void> {
  return withDatabase(async ({ admin }, settings) => {
    if (await withAdmin(admin, isDistributed)) {
      throw new Error('a ledger on several nodes has no checkpoints to hold it against');
    }
    const { host, port, database, user, password } = admin;
    const [server, title] = [String(host), String(database)];
    const audit = openAudit({
      host: server,
      port: Number(port),
      database: title,
      tls: tlsFor(server, settings),
      user: String(user),
      password: String(password),
    });
    try {
      await work(audit, settings, title);
    } catch (error) {
      // What callers of the service are not told: the database's own words.
      throw (error as Error).cause ?? error;
    } finally {
      await audit.close();
    }
  });
}

/** The same with the app that handlers share. Logs go to stderr, so that a result can be piped. */
export function withApp(work: () => Promise<void>): Promise<void> {
  return withDatabase(async (database, settings) => {
    await prepare(database);
    const print = (line: string): void => void process.stderr.write(`${line}\n`);
    const app = createApp(
      {
        database: { ...database.service, poolMin: 0, poolMax: 1 },
        requestBudgetMillis: settings.REQUEST_BUDGET_SECONDS * 1_000,
        retryAttempts: settings.RETRY_ATTEMPTS,
        logLevel: settings.LOG_LEVEL,
        serviceName: settings.SERVICE_NAME,
        metrics: false,
        ...outsideConfig(settings, database.service.name),
      },
      { debug: print, info: print, warn: print, error: print },
    );
    useApp(app);
    try {
      await work();
    } finally {
      await app.close();
    }
  });
}
