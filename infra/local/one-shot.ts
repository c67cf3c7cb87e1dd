import { createApp, useApp } from '../../lib/app/app';
import { openDatabase, prepare } from './database';
import { localSettings } from './settings';

/** Makes the app for one piece of work, on the database of the settings, and ends both. Logs go to stderr, so that a result can be piped. */
export async function withApp(work: () => Promise<void>): Promise<void> {
  const settings = localSettings();
  const database = await openDatabase(settings);
  try {
    await prepare(database);
    const print = (line: string): void => void process.stderr.write(`${line}\n`);
    const app = createApp(
      {
        database: { ...database.service, poolMin: 0, poolMax: 1 },
        retryAttempts: settings.RETRY_ATTEMPTS,
        logLevel: settings.LOG_LEVEL,
        serviceName: settings.SERVICE_NAME,
        metrics: false,
      },
      { debug: print, info: print, warn: print, error: print },
    );
    useApp(app);
    await work();
    await app.close();
  } finally {
    await database.stop();
  }
}
