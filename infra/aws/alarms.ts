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
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type DatabaseCluster, DatabaseProxy } from 'aws-cdk-lib/aws-rds';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ErrorCode } from '../../lib/base/errors';
import type { Database } from './database';
import type { WalletFunction } from './function';
import { type Stage, serviceName } from './stage';

export interface Observed {
  stage: Stage;
  api: RestApi;
  database: Database;
  deadLetters: Queue;
  functions: ReadonlyMap<string, WalletFunction>;
}

/** One alarm: what it means, in one sentence, and when it rings. Its id is its section of RUNBOOK.md. */
interface AlarmRow {
  means: string;
  metric: IMetric;
  /** Rings at this value and above... */
  threshold: number;
  /** ...for so many periods in a row. */
  periods?: number;
  /** No data is bad news too. */
  missing?: TreatMissingData;
}

const RUNBOOK = 'infra/aws/RUNBOOK.md';
const FIVE_MINUTES = Duration.minutes(5);

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

/** A metric of the proxy or the cluster. */
export function databaseMetric(
  of: DatabaseProxy | DatabaseCluster,
  metricName: string,
  statistic: string,
): Metric {
  const [name, value] =
    of instanceof DatabaseProxy
      ? ['ProxyName', of.dbProxyName]
      : ['DBClusterIdentifier', of.clusterIdentifier];
  return new Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { [name]: value },
    statistic,
    period: FIVE_MINUTES,
  });
}

/** The service and its database, seen from outside; by section of the runbook. */
function serviceAlarms({ stage, api, database, deadLetters }: Observed): Record<string, AlarmRow> {
  return {
    'server-errors': {
      means: 'One request in a hundred or more is answered with a 5xx',
      metric: api.metricServerError({ statistic: Stats.AVERAGE, period: FIVE_MINUTES }),
      threshold: 0.01,
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
    'pinned-sessions': {
      means: 'The proxy keeps database sessions for single clients, so it cannot share them',
      metric: databaseMetric(database.proxy, 'DatabaseConnectionsCurrentlySessionPinned', Stats.AVERAGE),
      threshold: 5,
      periods: 3,
    },
    connections: {
      means: 'Four fifths of the database sessions that the proxy may open are open',
      metric: new MathExpression({
        expression: '100 * open / allowed',
        usingMetrics: {
          open: databaseMetric(database.proxy, 'DatabaseConnections', Stats.MAXIMUM),
          allowed: databaseMetric(database.proxy, 'MaxDatabaseConnectionsAllowed', Stats.MAXIMUM),
        },
        label: 'open of allowed, percent',
        period: FIVE_MINUTES,
      }),
      threshold: 80,
      periods: 3,
    },
    capacity: {
      means: 'The database is near the most capacity that it may take',
      metric: databaseMetric(database.cluster, 'ACUUtilization', Stats.AVERAGE),
      threshold: 80,
      periods: 3,
    },
    throttles: {
      means: 'Lambda turned invocations away: this account or a function has no concurrency left',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        statistic: Stats.SUM,
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
      metric: new MathExpression({
        expression: 'IF(FILL(runs, 0) > 0, 0, 1)',
        usingMetrics: {
          runs: walletMetric(
            stage,
            'Duration',
            { job: 'jobs/reconcile' },
            Stats.SAMPLE_COUNT,
            Duration.hours(1),
          ),
        },
        label: 'hours without a run',
        period: Duration.hours(1),
      }),
      threshold: 1,
      periods: 3,
      missing: TreatMissingData.BREACHING,
    },
    ...Object.fromEntries(refusals),
  };
}

/** Alarms, each of which links to what to do about it, and the topic that they tell. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly observed: Observed,
  ) {
    super(scope, id);
    const { stage } = observed;
    const key = new Key(this, 'Key', {
      description: `Alarms of the wallet, ${stage.name}`,
      enableKeyRotation: true,
    });
    this.topic = new Topic(this, 'Topic', {
      topicName: `wallet-${stage.name}-alarms`,
      masterKey: key,
      enforceSSL: true,
    });
    // Its own policy, which asks for TLS, has taken the place of the default one, which let this account's
    // alarms in.
    const alarmsOfThisAccount = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [alarmsOfThisAccount],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    key.grantEncryptDecrypt(alarmsOfThisAccount);
    for (const address of stage.alarmEmails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    for (const [name, row] of Object.entries({ ...serviceAlarms(observed), ...ledgerAlarms(observed) })) {
      this.add(name, row);
    }
  }

  /** Of one function, for its own deployment to watch: it threw, ran out of time, or answered a 5xx. */
  ofFunction(id: string, { alias }: WalletFunction): Alarm {
    const period = Duration.minutes(1);
    return this.add(`function/${id}`, {
      means: `${id} failed or answered a 5xx five times in a minute or more`,
      metric: new MathExpression({
        expression: 'FILL(errors, 0) + FILL(faults, 0)',
        usingMetrics: {
          errors: alias.metricErrors({ statistic: Stats.SUM, period }),
          faults: walletMetric(this.observed.stage, 'Faults', { route: id }, Stats.SUM, period),
        },
        label: 'failures',
        period,
      }),
      threshold: 5,
    });
  }

  private add(
    name: string,
    { means, metric, threshold, periods = 1, missing = TreatMissingData.NOT_BREACHING }: AlarmRow,
  ): Alarm {
    const [section] = name.split('/');
    const alarm = new Alarm(this, name.replaceAll('/', '-'), {
      alarmName: `wallet-${this.observed.stage.name}-${name.replaceAll('/', '-')}`,
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
