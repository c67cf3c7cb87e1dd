import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { MINUTE, type Observed, walletMetric } from './alarms';
import { clusterMetric, proxyMetric } from './database-alarms';
import { type Stage, serviceName } from './stage';

/** One page from the callers' side down to the database. */
export function addDashboard(scope: Construct, { stage, api, database, deadLetters }: Observed): void {
  const row = (...graphs: [title: string, ...metrics: IMetric[]][]) =>
    graphs.map(([title, ...left]) => new GraphWidget({ title, left, width: Math.floor(24 / graphs.length) }));
  new CloudWatchDashboard(scope, 'Dashboard', {
    dashboardName: `wallet-${stage.name}`,
    widgets: [
      row(
        [
          'Requests',
          api.metricCount({ period: MINUTE }),
          api.metricClientError({ period: MINUTE }),
          api.metricServerError({ period: MINUTE }),
        ],
        [
          'Latency, ms',
          ...[50, 90, 99].map((rank) =>
            api.metricLatency({ statistic: Stats.percentile(rank), period: MINUTE }),
          ),
        ],
      ),
      row(
        ['Postings by route', search(stage, 'route', 'Postings')],
        ['Replays by route', search(stage, 'route', 'Replays')],
        ['Refusals by code', search(stage, 'code', 'Refusals')],
      ),
      row(
        [
          'Retries and contention',
          walletMetric(stage, 'Retries', {}, Stats.SUM, MINUTE),
          walletMetric(stage, 'Contention', {}, Stats.SUM, MINUTE),
        ],
        [
          'What reconciliation found',
          search(stage, 'job', 'discrepancies'),
          deadLetters.metricApproximateNumberOfMessagesVisible(),
        ],
        ['Jobs, ms', search(stage, 'job', 'Duration')],
      ),
      row(
        [
          'Sessions of the proxy',
          ...['ClientConnections', 'DatabaseConnections', 'DatabaseConnectionsCurrentlySessionPinned'].map(
            (name) => proxyMetric(database.proxy, name),
          ),
        ],
        ['Capacity, ACU', clusterMetric(database.cluster, 'ServerlessDatabaseCapacity', Stats.AVERAGE)],
        ['Capacity, percent', clusterMetric(database.cluster, 'ACUUtilization', Stats.AVERAGE)],
      ),
      row(
        ['Commit latency, ms', clusterMetric(database.cluster, 'CommitLatency', Stats.AVERAGE)],
        ['Deadlocks', clusterMetric(database.cluster, 'Deadlocks', Stats.SUM)],
        ['Storage, bytes', clusterMetric(database.cluster, 'VolumeBytesUsed', Stats.MAXIMUM)],
      ),
    ],
  });
}

/** One line for each value of a dimension, those that do not exist yet too. */
function search({ name }: Stage, dimension: string, metricName: string): MathExpression {
  return new MathExpression({
    expression: `SEARCH('{Wallet,service,${dimension}} MetricName="${metricName}" service="${serviceName(name)}"', 'Sum', 60)`,
    usingMetrics: {},
    label: '',
    period: MINUTE,
  });
}
