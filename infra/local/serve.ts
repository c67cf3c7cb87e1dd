import type { AddressInfo } from 'node:net';
import { createApp, useApp } from '../../lib/app/app';
import { startedByNpm } from '../../lib/app/config';
import { endsWithin, monotonicMillis } from '../../lib/base/time';
import { DATA_FOLDER, type LocalDatabase, openDatabase, prepare, untilReachable } from './database';
import { createGateway } from './gateway';
import { checkGuard, type Guard, openGuard } from './guard';
import { type Logs, openLogs } from './logs';
import { main } from './main';
import { startSchedules } from './schedule';
import { localSettings } from './settings';

/** Milliseconds that requests in flight get to end; a little more than the longest one may take. */
const DRAIN_MILLIS = 30_000;
/** Milliseconds that each part gets to stop when those are over: the database is stopped in any case. */
const LATE_STOP_MILLIS = 3_000;
/** Milliseconds within which a second signal is the first one told again. */
const SAME_SIGNAL_MILLIS = 500;
/** Milliseconds between looks at the parent: a killed npm takes nothing along, and the port would stay taken. */
const PARENT_CHECK_MILLIS = 250;

/** How to undo what was started, in the order of the start. */
type Stops = (() => unknown)[];

async function serve(): Promise<void> {
  const stops: Stops = [];
  const starting = start(stops);
  // A signal in the middle of the start waits for its end: what is half started cannot be stopped.
  onEnd(async () => {
    await starting.catch(() => undefined);
    return stopAll(stops);
  });
  try {
    await starting;
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** Database, logs, handlers, gateway. */
async function start(stops: Stops): Promise<void> {
  const settings = localSettings();
  checkGuard(settings);
  let logs: Logs | undefined;
  const database = await openDatabase(settings, () => logs?.logger.warn('the database had stopped, and was started again'));
  stops.push(database.stop);
  await untilReachable(database, settings.DB_STARTUP_SECONDS);
  const applied = await prepare(database);
  // Neither makes a file before the database's folder was found to be ours.
  const guard = await openGuard(settings, DATA_FOLDER);
  logs = openLogs(settings.LOG_FOLDER, settings.LOG_LEVEL);
  const { logger, sink } = logs;
  stops.unshift(logs.close);
  const gateway = await createGateway({
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    corsOrigin: settings.CORS_ORIGIN,
    authorizer: guard.authorizer,
    logger,
  });
  const app = createApp(
    {
      database: database.service,
      retryAttempts: settings.RETRY_ATTEMPTS,
      serviceName: settings.SERVICE_NAME,
      logLevel: settings.LOG_LEVEL,
      metrics: false,
    },
    sink,
  );
  useApp(app);
  stops.push(app.close);
  stops.push(startSchedules());
  await gateway.listen({ port: settings.PORT, host: settings.LISTEN_HOST });
  stops.push(() => gateway.close());
  stops.push(() => logger.info('stopping: requests in flight are answered first'));
  logger.info({ migrations: applied.length }, 'started');
  greet(gateway.server.address() as AddressInfo, guard, database);
}

/** Stops everything, last started first. Whether all of it ended in time; what did not is left behind. */
async function stopAll(stops: Stops): Promise<boolean> {
  const deadline = monotonicMillis() + DRAIN_MILLIS;
  let inTime = true;
  for (const stop of stops.splice(0).reverse()) {
    const millis = Math.max(deadline - monotonicMillis(), LATE_STOP_MILLIS);
    inTime = (await endsWithin(Promise.resolve(stop()), millis)) && inTime;
  }
  return inTime;
}

const CALLERS: Record<Guard['auth'], string> = {
  none: 'are not checked: whoever reaches this address may do everything',
  jwt: 'need an access token of your issuer',
  local: 'need a token: npm run token -- --scope wallet:write',
};

function greet({ address, family, port }: AddressInfo, { auth }: Guard, { url: databaseUrl }: LocalDatabase): void {
  const host = family === 'IPv6' ? `[${address}]` : address;
  const url = `http://${/^(127\.|::1$|::$|0\.0\.0\.0$)/.test(address) ? 'localhost' : host}:${port}`;
  process.stdout.write(`
The wallet listens on ${url} (${host}:${port})
Callers:            ${CALLERS[auth]}
Try:                curl ${url}/api/balance/user_001${auth === 'none' ? '' : ' -H "Authorization: Bearer $TOKEN"'}
Reference:          ${url}/docs
Its database:       ${databaseUrl}
Stop:               Ctrl-C

`);
}

/**
 * The first signal, or the end of the npm that started this, stops in order; a second signal stops at once. One Ctrl-C is two signals, the
 * terminal's and npm's, which passes its own on.
 */
function onEnd(stop: () => Promise<boolean>): void {
  let stoppingSince: number | undefined;
  const handle = (): void => {
    if (stoppingSince !== undefined) {
      if (monotonicMillis() - stoppingSince > SAME_SIGNAL_MILLIS) {
        process.exit(1);
      }
      return;
    }
    stoppingSince = monotonicMillis();
    void main(async () => {
      process.exitCode = (await stop()) ? 0 : 1;
    }).then(() => process.exit());
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  if (startedByNpm()) {
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || stoppingSince !== undefined || handle(), PARENT_CHECK_MILLIS).unref();
  }
}

void main(serve);
