import type { Logger } from '@aws-lambda-powertools/logger';
import type { ExportFormatName } from '../base/export-formats';
import { openDatabase } from '../db/database';
import { createLedger, type Ledger } from '../db/ledger';
import type { Anchors } from './anchored';
import { anchorsOf } from './anchors';
import { type LoginSource, lambdaConfig, processEnvironment, type ServiceConfig } from './config';
import { type ExportTarget, exportTarget } from './export-target';
import { cachedLogin } from './logins';
import {
  type Counter,
  createCounter,
  createLogger,
  createMeter,
  type LineSink,
  type Meter,
} from './observability';
import type { ReceiverOptions } from './receivers';
import { sealOf } from './sealing';
import { type Signer, signerOf } from './signing';
import { traced } from './tracing';

/** What handlers share: built once per container. */
export interface App {
  ledger: Ledger;
  logger: Logger;
  meter: Meter;
  count: Counter;
  /** How to reach subscribers. */
  receivers: ReceiverOptions;
  /** Who signs checkpoints, and where they lie outside of the database. */
  signer: Signer;
  anchors: Anchors;
  /** Where the nightly export writes to; undefined where nothing is exported. */
  exports: { target: ExportTarget; format: ExportFormatName } | undefined;
  /** Aborts when the process is about to end: what waits for nothing but time then stops. */
  stopping: AbortSignal;
  stop(): void;
  /** The ledger, by the name that its events have for it: a URI. */
  eventSource: string;
  /** Origins whose pages may read replies; absent: the handlers say nothing of it. */
  corsOrigins: string[] | undefined;
  /** Milliseconds after which a request gives up, unless its row gives it more time. */
  requestBudgetMillis: number;
  close(): Promise<void>;
}

let shared: App | undefined;

/** The container's app; on Lambda made from the environment at the first event. */
export function getApp(): App {
  shared ??= createApp(lambdaConfig(processEnvironment()));
  return shared;
}

/** Puts an app in place before the first event, as the local host and the tests do. */
export function useApp(app: App): void {
  shared = app;
}

/**
 * Connects nothing yet: pools open with their first call, so a handler that only reads never logs in to
 * write.
 */
export function createApp(config: ServiceConfig, sink?: LineSink): App {
  const logger = createLogger(config, sink);
  const open = (source: LoginSource, poolMax = config.database.poolMax) =>
    openDatabase({
      host: config.database.host,
      port: config.database.port,
      database: config.database.name,
      tls: config.database.tls,
      login: cachedLogin(source, traced),
      poolMin: Math.min(config.database.poolMin, poolMax),
      poolMax,
      preparedStatements: config.database.preparedStatements,
      retry: { attempts: config.retryAttempts },
      trace: traced,
      onPoolError: (error) => logger.warn('an idle database connection was lost', { reason: error.message }),
    });
  const stopping = new AbortController();
  const writer = open(config.database.writer);
  const reader = open(config.database.reader);
  // A connection of its own: a health check must not queue behind the reads.
  const monitor = open(config.database.reader, 1);
  return {
    ledger: createLedger(writer, reader, monitor),
    logger,
    meter: createMeter(config),
    count: createCounter(config),
    receivers: { seal: sealOf(config.webhooks.key), allowPrivate: config.webhooks.allowPrivate },
    signer: signerOf(config.checkpoints.key),
    anchors: anchorsOf(config.checkpoints.anchors),
    exports: config.exports && { target: exportTarget(config.exports.to), format: config.exports.format },
    stopping: stopping.signal,
    stop: () => stopping.abort(),
    eventSource: `urn:wallet:${config.database.name}`,
    corsOrigins: config.corsOrigins,
    requestBudgetMillis: config.requestBudgetMillis,
    async close() {
      stopping.abort();
      await Promise.all([writer, reader, monitor].map((database) => database.close()));
    },
  };
}
