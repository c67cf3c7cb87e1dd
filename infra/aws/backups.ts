import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from './stage';

/** Days in which a locked vault's lock may still be taken off; then nobody can, not even the account's owner. */
const LOCK_COOLING_OFF = Duration.days(3);

/**
 * A snapshot a day in a vault of its own, beside the cluster's own backups: kept from whoever may delete the
 * cluster, and copied to another region where the stage names a vault there.
 */
export class Backups extends Construct {
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, cluster: DatabaseCluster, stage: Stage) {
    super(scope, id);
    const { keepDays, lock, copyVaultArn } = stage.database.vault;
    const deleteAfter = Duration.days(keepDays);
    this.vault = new BackupVault(this, 'Vault', {
      encryptionKey: new Key(this, 'Key', {
        description: `Backups of the wallet, ${stage.name}`,
        enableKeyRotation: true,
      }),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(lock && {
        lockConfiguration: { minRetention: deleteAfter, changeableFor: LOCK_COOLING_OFF },
      }),
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: `wallet-${stage.name}`,
      backupVault: this.vault,
    });
    plan.addRule(
      new BackupPlanRule({
        ruleName: 'daily',
        scheduleExpression: Schedule.cron({ hour: '3', minute: '0' }),
        deleteAfter,
        ...(copyVaultArn && {
          copyActions: [
            {
              destinationBackupVault: BackupVault.fromBackupVaultArn(this, 'Copies', copyVaultArn),
              deleteAfter,
            },
          ],
        }),
      }),
    );
    plan.addSelection('Cluster', { resources: [BackupResource.fromRdsDatabaseCluster(cluster)] });
  }
}
