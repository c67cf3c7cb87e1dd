import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ErrorCode } from '../../lib/base/errors';
import { RUNBOOK } from './alarm-topic';
import type { Database } from './database';
import type { WalletFunction } from './function';
import { type Stage, serviceName } from './stage';

/** A title's service. */
export interface Observed {
  stage: Stage;
  api: RestApi;
  database: Database;
  deadLetters: Queue;
  functions: ReadonlyMap<string, WalletFunction>;
}

/** One alarm: what it means, in one sentence, and when it rings. Its id is its section of RUNBOOK.md. */
export interface AlarmRow {
  means: string;
  metric: IMetric;
  /** Rings at this value and above... */
  threshold: number;
  /** ...for so many periods in a row. */
  periods?: number;
  /** No data is bad news too. */
  missing?: TreatMissingData;
}

export const MINUTE = Duration.minutes(1);
export const FIVE_MINUTES = Duration.minutes(5);

/**
 * Refusals in five minutes that are worth a look: a bug of a caller, or of ours. Others are a caller's daily
 * business.
 */
const REFUSALS: Partial<Record<ErrorCode, number>> = {
  INTERNAL: 1,
  DATABASE_UNAVAILABLE: 5,
  IDEMPOTENCY_KEY_REUSED: 10,
  BALANCE_LIMIT_EXCEEDED: 1,
  VALIDATION_ERROR: 500,
};

/** A metric of the service's own (lib/app/observability.ts). */
export function walletMetric(
  { name }: Stage,
  metricName: string,
  dimensions: Record<string, string>,
  statistic: string,
  period = FIVE_MINUTES,
): Metric {
  return new Metric({
    namespace: 'Wallet',
    metricName,
    dimensionsMap: { service: serviceName(name), ...dimensions },
    statistic,
    period,
  });
}

/** A title's service, seen from outside; by section of the runbook. */
function serviceAlarms({ stage, api, deadLetters, functions }: Observed): Record<string, AlarmRow> {
  return {
    'server-errors': {
      means: 'One request in a hundred or more, and five at least, are answered with a 5xx',
      metric: failureShare(api, 5, FIVE_MINUTES),
      threshold: 0.01,
    },
    // Of an error budget of 0.1 % in 30 days: 2 % of it in an hour, 5 % in six (Google, "The Site Reliability
    // Workbook", chapter 5).
    'error-budget/fast': {
      means:
        'In the last hour one request in 70 failed: at this pace the month’s budget is spent in two days',
      metric: failureShare(api, 10, Duration.hours(1)),
      threshold: 0.0144,
    },
    'error-budget/slow': {
      means:
        'In the last six hours one request in 170 failed: at this pace the month’s budget is spent in five days',
      metric: failureShare(api, 10, Duration.hours(6)),
      threshold: 0.006,
    },
    latency: {
      means: 'One request in a hundred takes a second or more',
      metric: api.metricLatency({ statistic: Stats.percentile(99), period: FIVE_MINUTES }),
      threshold: 1_000,
      periods: 3,
    },
    contention: {
      means: 'Postings ran out of retries on accounts that too many use at once',
      metric: walletMetric(stage, 'Contention', {}, Stats.SUM),
      threshold: 10,
    },
    'failed-jobs': {
      means: 'A job, or a function that the platform calls, threw or ran out of time',
      metric: new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(
          [...functions]
            .filter(([id]) => /^(jobs|hooks)\//.test(id))
            .map(([id, { alias }]) => [
              id.replace(/\W/g, '_'),
              alias.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
            ]),
        ),
        label: 'failed runs',
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    },
    'dead-letters': {
      means: 'A job could not be run, after all its retries',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    },
  };
}

/** The ledger itself, as its jobs and its refusals tell. */
function ledgerAlarms({ stage }: Observed): Record<string, AlarmRow> {
  const discrepancies = (job: string): AlarmRow => ({
    means: 'The ledger breaks one of its laws',
    metric: walletMetric(stage, 'discrepancies', { job }, Stats.MAXIMUM),
    threshold: 1,
  });
  const telling = (name: string) => walletMetric(stage, name, { job: 'jobs/deliver-events' }, Stats.MAXIMUM);
  const refusals = Object.entries(REFUSALS).map(([code, threshold]): [string, AlarmRow] => [
    `refusals/${code}`,
    {
      means: `More ${code} than callers usually meet`,
      metric: walletMetric(stage, 'Refusals', { code }, Stats.SUM),
      threshold,
    },
  ]);
  return {
    'discrepancies/reconcile': discrepancies('jobs/reconcile'),
    'discrepancies/reconcile-full': discrepancies('jobs/reconcile-full'),
    'reconciliation-missing': {
      means: 'No reconciliation has ended in three hours',
      metric: periodsWithout(
        walletMetric(stage, 'Duration', { job: 'jobs/reconcile' }, Stats.SAMPLE_COUNT, Duration.hours(1)),
        'hours without a run',
      ),
      threshold: 1,
      periods: 3,
      missing: TreatMissingData.BREACHING,
    },
    'checkpoint-missing': {
      means: 'For ten minutes nothing that was committed was signed',
      metric: periodsWithout(
        walletMetric(stage, 'Duration', { job: 'jobs/checkpoint' }, Stats.SAMPLE_COUNT, FIVE_MINUTES),
        'five minutes without a checkpoint',
      ),
      threshold: 1,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    'subscriber-lag': {
      means: 'A subscriber has not been told for five minutes what was committed',
      metric: telling('LagSeconds'),
      threshold: 300,
      periods: 2,
    },
    'parked-players': {
      means: 'A subscriber refused an event for a day, and is not told of its player any more',
      metric: telling('Parked'),
      threshold: 1,
    },
    'held-back-events': {
      means: 'A transaction that stays open has held back all events for a minute',
      metric: telling('HeldBackSeconds'),
      threshold: 60,
      periods: 2,
    },
    ...Object.fromEntries(refusals),
  };
}

/**
 * What ends a deployment that shifts traffic: failures of all routes together, so a quiet one is not alone.
 */
export function deploymentAlarm({ api }: Observed): AlarmRow {
  return {
    means:
      'While a deployment shifts traffic, one request in a hundred, and three at least, fail in a minute',
    metric: failureShare(api, 3, MINUTE),
    threshold: 0.01,
  };
}

/**
 * Of all requests of a period, those that were answered with a 5xx, by a function or for one that could not
 * be called; 0 when there were fewer than `least`.
 */
function failureShare(api: RestApi, least: number, period: Duration): IMetric {
  return new MathExpression({
    expression: `IF(errors >= ${least}, errors / requests, 0)`,
    usingMetrics: {
      errors: api.metricServerError({ statistic: Stats.SUM, period }),
      requests: api.metricCount({ statistic: Stats.SUM, period }),
    },
    label: 'share of 5xx',
    period,
  });
}

/** 1 in a period in which nothing was counted, and 0 in others. */
export function periodsWithout(counted: Metric, label: string): IMetric {
  return new MathExpression({
    expression: 'IF(FILL(counted, 0) > 0, 0, 1)',
    usingMetrics: { counted },
    label,
    period: counted.period,
  });
}

/** What rings for a title. */
export function titleAlarms(observed: Observed): Record<string, AlarmRow> {
  return { ...serviceAlarms(observed), ...ledgerAlarms(observed) };
}

/** Alarms, each of which links to what to do about it. */
export class Alarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly stage: Stage,
    private readonly topic: Topic,
    rows: Record<string, AlarmRow>,
  ) {
    super(scope, id);
    for (const [name, row] of Object.entries(rows)) {
      this.add(name, row);
    }
  }

  add(
    name: string,
    { means, metric, threshold, periods = 1, missing = TreatMissingData.NOT_BREACHING }: AlarmRow,
  ): Alarm {
    const [section] = name.split('/');
    const alarm = new Alarm(this, name.replaceAll('/', '-'), {
      alarmName: `wallet-${this.stage.name}-${name.replaceAll('/', '-')}`,
      alarmDescription: `${means}. What to do: ${RUNBOOK}#${section}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }
}
