import type { BackupVault } from 'aws-cdk-lib/aws-backup';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { DatabaseCluster, DatabaseProxy } from 'aws-cdk-lib/aws-rds';
import { Duration } from 'aws-cdk-lib/core';
import { type AlarmRow, FIVE_MINUTES, MINUTE, periodsWithout } from './alarms';
import { type Database, sessionsOf } from './database';
import type { Stage } from './stage';

/** A metric of the cluster. */
export function clusterMetric(cluster: DatabaseCluster, metricName: string, statistic: string): Metric {
  return cluster.metric(metricName, { statistic, period: FIVE_MINUTES });
}

/**
 * A metric of the proxy: it reports each minute, and of a count the sum over that minute is the value (Aurora user
 * guide, "Monitoring RDS Proxy metrics with Amazon CloudWatch").
 */
export function proxyMetric(
  { dbProxyName }: DatabaseProxy,
  metricName: string,
  statistic: string = Stats.SUM,
): Metric {
  return new Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { ProxyName: dbProxyName },
    statistic,
    period: MINUTE,
  });
}

/** What all titles share. */
export function databaseAlarms(
  { cluster, proxy }: Database,
  vault: BackupVault,
  stage: Stage,
): Record<string, AlarmRow> {
  return { ...proxyAlarms(proxy, stage), ...clusterAlarms(cluster, vault, stage) };
}

function proxyAlarms(proxy: DatabaseProxy, stage: Stage): Record<string, AlarmRow> {
  return {
    'pinned-sessions': {
      means: 'The proxy keeps database sessions for single clients, so it cannot share them',
      metric: proxyMetric(proxy, 'DatabaseConnectionsCurrentlySessionPinned'),
      threshold: 5,
      periods: 15,
    },
    connections: {
      means: 'The proxy has opened all the database sessions that it may open',
      metric: proxyMetric(proxy, 'DatabaseConnections'),
      threshold: sessionsOf(stage),
      periods: 15,
    },
    'borrow-latency': {
      means: 'Calls wait 200 ms or longer for a database session',
      // Microseconds.
      metric: proxyMetric(proxy, 'DatabaseConnectionsBorrowLatency', Stats.AVERAGE),
      threshold: 200_000,
      periods: 5,
    },
    'failed-logins': {
      means: 'The proxy refuses logins, or the database refuses those of the proxy',
      metric: new MathExpression({
        expression: 'FILL(refused, 0) + FILL(failed, 0)',
        usingMetrics: {
          refused: proxyMetric(proxy, 'ClientConnectionsSetupFailedAuth'),
          failed: proxyMetric(proxy, 'DatabaseConnectionsSetupFailed'),
        },
        label: 'failed logins',
        period: MINUTE,
      }),
      threshold: 5,
      periods: 3,
    },
  };
}

function clusterAlarms(
  cluster: DatabaseCluster,
  { backupVaultName }: BackupVault,
  stage: Stage,
): Record<string, AlarmRow> {
  return {
    capacity: {
      means: 'The database is near the most capacity that it may take',
      metric: clusterMetric(cluster, 'ACUUtilization', Stats.AVERAGE),
      threshold: 80,
      periods: 3,
    },
    'transaction-ids': {
      means: 'Half of the transaction numbers are used: vacuum does not keep up',
      metric: clusterMetric(cluster, 'MaximumUsedTransactionIDs', Stats.MAXIMUM),
      threshold: 1_000_000_000,
    },
    ...(stage.database.reader && {
      'replica-lag': {
        means: 'The reader is a second or more behind, and a failover would wait for it',
        // Milliseconds.
        metric: clusterMetric(cluster, 'AuroraReplicaLagMaximum', Stats.MAXIMUM),
        threshold: 1_000,
        periods: 3,
      },
    }),
    'backup-missing': {
      means: 'No snapshot has come into the vault for two days',
      metric: periodsWithout(
        new Metric({
          namespace: 'AWS/Backup',
          metricName: 'NumberOfBackupJobsCompleted',
          dimensionsMap: { BackupVaultName: backupVaultName },
          statistic: Stats.SUM,
          period: Duration.days(1),
        }),
        'days without a snapshot',
      ),
      threshold: 1,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    concurrency: {
      means: 'Lambda runs four fifths of what the account may run at once, ours and others',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ConcurrentExecutions',
        statistic: Stats.MAXIMUM,
        period: MINUTE,
      }),
      threshold: Math.ceil(0.8 * stage.accountConcurrency),
      periods: 3,
    },
  };
}
