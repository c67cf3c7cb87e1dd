import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { Alarms } from './alarms';
import { Anchoring } from './anchoring';
import { Backups } from './backups';
import { addSql, type Bundles } from './bundle';
import { Database } from './database';
import { databaseAlarms } from './database-alarms';
import { Exporting } from './exporting';
import { Migration } from './migration';
import { Network } from './network';
import { type Stage, titlesOf } from './stage';

export interface DataStackProps extends StackProps {
  stage: Stage;
  bundles: Bundles;
}

/**
 * What lasts: the network and the data, with the migrations. Deployed first, changed seldom, never deleted
 * with the service.
 */
export class DataStack extends Stack {
  readonly network: Network;
  readonly database: Database;
  readonly alarms: AlarmTopic;
  readonly anchoring: Anchoring;
  readonly exporting: Exporting | undefined;

  constructor(scope: Construct, id: string, { stage, bundles, ...props }: DataStackProps) {
    super(scope, id, { terminationProtection: stage.protect, ...props });
    this.network = new Network(this, 'Network', stage);
    this.database = new Database(this, 'Database', this.network, stage);
    this.anchoring = new Anchoring(this, 'Anchoring', stage);
    this.exporting = stage.exports && new Exporting(this, 'Exporting', stage.exports);
    const { vault } = new Backups(this, 'Backups', this.database.cluster, stage);
    const folder = bundles.folderOf('hooks/migrate');
    addSql(folder);
    for (const title of titlesOf(stage)) {
      const { trigger } = new Migration(this, `Migration-${title.database}`, {
        title,
        network: this.network,
        database: this.database,
        folder,
      });
      trigger.executeBefore(...this.database.needsRoles);
    }
    this.alarms = new AlarmTopic(this, 'AlarmTopic', stage);
    new Alarms(this, 'Alarms', stage, this.alarms.topic, databaseAlarms(this.database, vault, stage));
    new CfnOutput(this, 'CallersGroup', { value: this.network.callers.securityGroupId });
  }
}
