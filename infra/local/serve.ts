import type { AddressInfo } from 'node:net';
import { createApp, useApp } from '../../lib/app/app';
import { isLoopback } from '../../lib/app/config';
import { consoleConfig } from '../../lib/app/console';
import { outsideConfig } from '../../lib/app/key-settings';
import { serveConsole } from '../../lib/http/console';
import { CONSOLE_FOLDER } from './console';
import { DATA_FOLDER, type LocalDatabase, openDatabase, prepare, untilReachable } from './database';
import { createGateway } from './gateway';
import { checkGuard, type Guard, openGuard } from './guard';
import { type Logs, openLogs } from './logs';
import { main } from './main';
import { startSchedules } from './schedule';
import { listen } from './server';
import { localSettings } from './settings';
import { aborted, listenToSignals, type Running, stopAll } from './stopping';

/** Milliseconds that requests in flight get to end; a little more than the longest one may take. */
const DRAIN_MILLIS = 30_000;

/**
 * Starts, runs until a signal asks for the end, and stops. Whether all of it stopped by itself and in time.
 */
async function serve(): Promise<boolean> {
  const running: Running = { drains: [], releases: [] };
  const { end, hurry } = listenToSignals();
  const stop = () => stopAll(running, AbortSignal.any([hurry, AbortSignal.timeout(DRAIN_MILLIS)]));
  try {
    await start(running, end);
    await aborted(end);
  } catch (error) {
    if (!end.aborted) {
      await stop();
      throw error;
    }
  }
  return stop();
}

/**
 * Database, logs, handlers, gateway. A signal in the middle waits: what is half started cannot be stopped.
 */
async function start({ drains, releases }: Running, end: AbortSignal): Promise<void> {
  const settings = localSettings();
  checkGuard(settings);
  let logs: Logs | undefined;
  const database = await openDatabase(settings, (failure) => tellRestart(logs, failure));
  releases.push(database.stop);
  // Only the wait for a database elsewhere is given up at once.
  await Promise.race([untilReachable(database, settings.DB_STARTUP_SECONDS), aborted(end)]);
  end.throwIfAborted();
  const applied = await prepare(database);
  // These two make files, so they come after openDatabase, which refuses a folder of another user.
  const guard = await openGuard(settings, DATA_FOLDER);
  logs = openLogs(settings.LOG_FOLDER, settings.LOG_LEVEL);
  const { logger, sink } = logs;
  releases.unshift(logs.close);
  const gateway = await createGateway({
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    corsOrigin: settings.CORS_ORIGIN,
    authorizer: guard.authorizer,
    console: serveConsole(consoleConfig(settings), CONSOLE_FOLDER),
    logger,
  });
  const app = createApp(
    {
      database: database.service,
      requestBudgetMillis: settings.REQUEST_BUDGET_SECONDS * 1_000,
      retryAttempts: settings.RETRY_ATTEMPTS,
      serviceName: settings.SERVICE_NAME,
      logLevel: settings.LOG_LEVEL,
      metrics: false,
      ...outsideConfig(settings, database.service.name),
    },
    sink,
  );
  useApp(app);
  drains.push(app.close);
  let stopSchedules: () => unknown = () => undefined;
  drains.push(() => stopSchedules());
  drains.push(() => gateway.close());
  // What only waits for events ends now, and so does the telling of them.
  drains.push(app.stop);
  const addresses = await listen(gateway, settings.LISTEN_HOST, settings.PORT);
  // Only now: a start whose port is taken does no work.
  stopSchedules = startSchedules();
  drains.push(() => logger.info('stopping: requests in flight are answered first'));
  logger.info({ migrations: applied.length }, 'started');
  greet(addresses, guard, database);
}

function tellRestart(logs: Logs | undefined, failure: Error | undefined): void {
  if (failure === undefined) {
    logs?.logger.warn('the database had stopped, and was started again');
  } else {
    logs?.logger.error({ err: failure }, 'the database has stopped, and does not start again');
  }
}

/** Addresses that stand for all of this machine. */
const WILDCARDS = ['0.0.0.0', '::'];

const CALLERS: Record<Guard['auth'], string> = {
  none: 'are not checked: whoever reaches this address may do everything',
  jwt: 'need an access token of your issuer',
  local: 'need a token: npm run token -- --scope wallet:write',
};

function greet(addresses: AddressInfo[], { auth }: Guard, { url: databaseUrl }: LocalDatabase): void {
  const all = addresses.map(
    ({ address, family, port }) => `${family === 'IPv6' ? `[${address}]` : address}:${port}`,
  );
  const isHere = addresses.some(({ address }) => isLoopback(address) || WILDCARDS.includes(address));
  const url = `http://${isHere ? `localhost:${addresses[0]?.port}` : all[0]}`;
  process.stdout.write(`
The wallet listens on ${url} (${all.join(', ')})
Callers:            ${CALLERS[auth]}
Try:                curl ${url}/api/balance/user_001${auth === 'none' ? '' : ' -H "Authorization: Bearer $TOKEN"'}
Reference:          ${url}/docs
Console:            ${url}/console
Its database:       ${databaseUrl}
Stop:               Ctrl-C

`);
}

void main(async () => process.exit((await serve()) ? 0 : 1)).then(() => process.exit());
