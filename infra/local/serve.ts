import type { AddressInfo } from 'node:net';
import { createApp, useApp } from '../../lib/app/app';
import { openDatabase, prepare } from './database';
import { createGateway } from './gateway';
import { openLogs } from './logs';
import { main } from './main';
import { localSettings } from './settings';

/** Milliseconds that requests in flight get to end; a little more than the longest one may take. */
const DRAIN_MILLIS = 30_000;

/** Database, handlers and gateway, until a signal ends them in the opposite order. */
async function serve(): Promise<void> {
  const settings = localSettings();
  const logs = openLogs(settings.LOG_FOLDER, settings.LOG_LEVEL);
  const gateway = await createGateway({
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    corsOrigin: settings.CORS_ORIGIN,
    logger: logs.logger,
  });
  const database = await openDatabase(settings);
  const stops = [database.stop];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) {
      await step();
    }
    logs.close();
  };
  try {
    const applied = await prepare(database);
    const app = createApp(
      { database: database.service, retryAttempts: settings.RETRY_ATTEMPTS, logLevel: settings.LOG_LEVEL, metrics: false },
      logs.sink,
    );
    useApp(app);
    stops.push(app.close);
    await gateway.listen({ port: settings.PORT, host: settings.LISTEN_HOST });
    stops.push(() => gateway.close());
    logs.logger.info({ migrations: applied.length }, 'started');
    greet(`http://localhost:${(gateway.server.address() as AddressInfo).port}`, database.url);
  } catch (error) {
    await stop();
    throw error;
  }
  onSignal(async () => {
    logs.logger.info('stopping: requests in flight are answered first');
    await stop();
  });
}

function greet(url: string, databaseUrl: string): void {
  process.stdout.write(`
The wallet listens on ${url}
Its database:       ${databaseUrl}
Try:                curl ${url}/api/balance/user_001

`);
}

/** The first signal stops in order; a second one, or too long a drain, at once. */
function onSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (): void => {
    if (stopping) {
      process.exit(1);
    }
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MILLIS).unref();
    void main(stop).then(() => process.exit());
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}

void main(serve);
