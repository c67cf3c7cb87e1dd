import type { AddressInfo } from 'node:net';
import { createApp, useApp } from '../../lib/app/app';
import { jwtConfig, type Settings, startedByNpm } from '../../lib/app/config';
import { monotonicMillis } from '../../lib/base/time';
import { type Authorizer, authorizer } from '../../lib/http/authorizer';
import { openDatabase, prepare } from './database';
import { createGateway } from './gateway';
import { type Logs, openLogs } from './logs';
import { main } from './main';
import { startSchedules } from './schedule';
import { localSettings } from './settings';

/** Milliseconds that requests in flight get to end; a little more than the longest one may take. */
const DRAIN_MILLIS = 30_000;
/** Milliseconds within which a second signal is the first one told again. */
const SAME_SIGNAL_MILLIS = 500;
/** Milliseconds between looks at the parent: a killed npm takes nothing along, and the port would stay taken. */
const PARENT_CHECK_MILLIS = 250;

/** How to undo what was started, in the order of the start. */
type Stops = (() => unknown)[];

async function serve(): Promise<void> {
  const settings = localSettings();
  const guard = settings.AUTH === 'jwt' ? authorizer(jwtConfig(settings)) : undefined;
  const logs = openLogs(settings.LOG_FOLDER, settings.LOG_LEVEL);
  const stops: Stops = [logs.close];
  const starting = start(settings, guard, logs, stops);
  // A signal in the middle of the start waits for its end: what is half started cannot be stopped.
  onEnd(async () => {
    await starting.catch(() => undefined);
    logs.logger.info('stopping: requests in flight are answered first');
    await stopAll(stops);
  });
  try {
    await starting;
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** Database, handlers, gateway. */
async function start(settings: Settings, guard: Authorizer | undefined, logs: Logs, stops: Stops): Promise<void> {
  const { logger, sink } = logs;
  const gateway = await createGateway({
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    corsOrigin: settings.CORS_ORIGIN,
    authorizer: guard,
    logger,
  });
  const database = await openDatabase(settings);
  stops.push(database.stop);
  const applied = await prepare(database);
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
  logger.info({ migrations: applied.length }, 'started');
  greet(`http://localhost:${(gateway.server.address() as AddressInfo).port}`, database.url);
}

async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await stop();
  }
}

function greet(url: string, databaseUrl: string): void {
  process.stdout.write(`
The wallet listens on ${url}
Its database:       ${databaseUrl}
Try:                curl ${url}/api/balance/user_001

`);
}

/**
 * The first signal, or the end of the npm that started this, stops in order; a second signal, or too long a drain, at once. One Ctrl-C is two
 * signals, the terminal's and npm's, which passes its own on.
 */
function onEnd(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const handle = (): void => {
    if (stoppingSince !== undefined) {
      if (monotonicMillis() - stoppingSince > SAME_SIGNAL_MILLIS) {
        process.exit(1);
      }
      return;
    }
    stoppingSince = monotonicMillis();
    setTimeout(() => process.exit(1), DRAIN_MILLIS).unref();
    void main(stop).then(() => process.exit());
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  if (startedByNpm()) {
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || stoppingSince !== undefined || handle(), PARENT_CHECK_MILLIS).unref();
  }
}

void main(serve);
