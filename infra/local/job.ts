import { schedules } from '../../functions/schedules';
import { createApp, useApp } from '../../lib/app/app';
import { openDatabase, prepare } from './database';
import { toContext } from './events';
import { main } from './main';
import { loadJob } from './schedule';
import { localSettings } from './settings';

/** Runs one job, now: prints what it counted. */
async function run(name: string | undefined): Promise<void> {
  const row = schedules.find(({ id }) => id === name || id === `jobs/${name}`);
  if (row === undefined) {
    throw new Error(`usage: npm run job -- JOB, JOB one of ${schedules.map(({ id }) => id.slice('jobs/'.length)).join(', ')}`);
  }
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
        metrics: false,
      },
      { debug: print, info: print, warn: print, error: print },
    );
    useApp(app);
    const counts = await (await loadJob(row.id))({}, toContext(row.id, row.timeoutSeconds * 1_000));
    process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
    await app.close();
  } finally {
    await database.stop();
  }
}

void main(() => run(process.argv[2]));
