import { Dashboard as CloudWatchDashboard, GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { clusterMetric, type Observed, proxyMetric, walletMetric } from './alarms';

const MINUTE = Duration.minutes(1);

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
        ['Latency, ms', ...[50, 90, 99].map((rank) => api.metricLatency({ statistic: Stats.percentile(rank), period: MINUTE }))],
      ),
      row(
        ['Postings by route', search('route', 'Postings')],
        ['Replays by route', search('route', 'Replays')],
        ['Refusals by code', search('code', 'Refusals')],
      ),
      row(
        [
          'Retries and contention',
          walletMetric('Retries', {}, Stats.SUM, MINUTE),
          walletMetric('Contention', {}, Stats.SUM, MINUTE),
        ],
        ['What reconciliation found', search('job', 'discrepancies'), deadLetters.metricApproximateNumberOfMessagesVisible()],
        ['Jobs, ms', search('job', 'Duration')],
      ),
      row(
        [
          'Sessions of the proxy',
          ...['ClientConnections', 'DatabaseConnections', 'DatabaseConnectionsCurrentlySessionPinned'].map((name) =>
            proxyMetric(database, name, Stats.MAXIMUM),
          ),
        ],
        ['Capacity, ACU', clusterMetric(database, 'ServerlessDatabaseCapacity', Stats.AVERAGE)],
        ['Capacity, percent', clusterMetric(database, 'ACUUtilization', Stats.AVERAGE)],
      ),
      row(
        ['Commit latency, ms', clusterMetric(database, 'CommitLatency', Stats.AVERAGE)],
        ['Deadlocks', clusterMetric(database, 'Deadlocks', Stats.SUM)],
        ['Storage, bytes', clusterMetric(database, 'VolumeBytesUsed', Stats.MAXIMUM)],
      ),
    ],
  });
}

/** One line for each value of a dimension, those that do not exist yet too. */
function search(dimension: string, metricName: string): MathExpression {
  return new MathExpression({
    expression: `SEARCH('{Wallet,service,${dimension}} MetricName="${metricName}"', 'Sum', 60)`,
    usingMetrics: {},
    label: '',
    period: MINUTE,
  });
}
