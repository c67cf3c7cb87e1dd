import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type ErrorCode, errorCatalogue } from '../base/errors';
import type { ServiceConfig } from './config';

type Options = Pick<ServiceConfig, 'serviceName' | 'logLevel' | 'metrics'>;

/** Takes finished log lines in place of stdout. */
export type LineSink = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

export function createLogger({ serviceName, logLevel }: Options, sink?: LineSink): Logger {
  // Requests over HTTP are logged by API Gateway, and by the local gateway in its place: to handlers, `http`
  // is `info`.
  const logger = new Logger({ serviceName, logLevel: logLevel === 'http' ? 'INFO' : toUpperCase(logLevel) });
  if (sink !== undefined) {
    // Powertools has no option for where its lines go; the property that holds its console is the place.
    Object.assign(logger, { console: sink });
  }
  return logger;
}

function toUpperCase<Text extends string>(text: Text): Uppercase<Text> {
  return text.toUpperCase() as Uppercase<Text>;
}

/** What one invocation did, for the metrics. */
export interface Observation {
  route: string;
  latencyMillis: number;
  /** SQLSTATEs of tries that were made again. */
  retries: string[];
  /** Absent on success. */
  errorCode?: ErrorCode | undefined;
  /** Of an endpoint with idempotency keys. */
  replayed?: boolean | undefined;
}

export type Meter = (observation: Observation) => void;

/**
 * Emits CloudWatch's embedded metric format: Latency, Retries, Contention, Faults (5xx), Postings and Replays
 * per route and in all, Refusals per code. Two shapes of line, so that codes do not multiply by routes.
 */
export function createMeter({ serviceName, metrics: enabled }: Options): Meter {
  if (!enabled) {
    return () => undefined;
  }
  const metrics = new Metrics({ namespace: 'Wallet', serviceName });
  return ({ route, latencyMillis, retries, errorCode, replayed }) => {
    // Once for the whole service, which is what alarms watch, and once for the route.
    metrics.addDimensions({});
    metrics.addDimensions({ route });
    metrics.addMetric('Latency', MetricUnit.Milliseconds, latencyMillis);
    metrics.addMetric('Retries', MetricUnit.Count, retries.length);
    metrics.addMetric('Contention', MetricUnit.Count, errorCode === 'CONTENTION' ? 1 : 0);
    metrics.addMetric(
      'Faults',
      MetricUnit.Count,
      errorCode !== undefined && errorCatalogue[errorCode].status >= 500 ? 1 : 0,
    );
    if (replayed !== undefined) {
      metrics.addMetric(replayed ? 'Replays' : 'Postings', MetricUnit.Count, 1);
    }
    metrics.publishStoredMetrics();
    if (errorCode !== undefined) {
      metrics.addDimension('code', errorCode);
      metrics.addMetric('Refusals', MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    }
  };
}

/** What a job did, by name: `Duration` in milliseconds, the rest counts. */
export type Counter = (job: string, values: Record<string, number>) => void;

/**
 * Emits a job's counts in CloudWatch's embedded metric format, such as `discrepancies` of a reconciliation.
 */
export function createCounter({ serviceName, metrics: enabled }: Options): Counter {
  if (!enabled) {
    return () => undefined;
  }
  const metrics = new Metrics({ namespace: 'Wallet', serviceName });
  return (job, values) => {
    metrics.addDimension('job', job);
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, name === 'Duration' ? MetricUnit.Milliseconds : MetricUnit.Count, value);
    }
    metrics.publishStoredMetrics();
  };
}
