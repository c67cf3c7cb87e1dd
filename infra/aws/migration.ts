import { Duration } from 'aws-cdk-lib/core';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { hooks } from '../../functions/hooks';
import { environment } from '../../lib/base/environment';
import { addSql } from './bundle';
import { DATABASE_NAME, type Database } from './database';
import { WalletFunction } from './function';
import { type Network, POSTGRES_PORT } from './network';
import type { Stage } from './stage';

/**
 * Where Lambda's Node.js keeps the certificates of RDS among others; since Node 20 it does not load them by
 * itself.
 */
const RDS_CERTIFICATES = '/var/runtime/ca-cert.pem';
const ID = 'hooks/migrate';

/**
 * Runs the migrations straight at the cluster, as its owner, before any alias of `handlers` shifts to a new
 * version: a deployment waits for it and fails with it. It runs when its bundle, which holds the SQL, has
 * changed.
 */
export class Migration extends Construct {
  readonly migrator: WalletFunction;

  constructor(
    scope: Construct,
    id: string,
    props: {
      stage: Stage;
      network: Network;
      database: Database;
      folder: string;
      handlers: Iterable<WalletFunction>;
    },
  ) {
    super(scope, id);
    const { stage, network, database, folder, handlers } = props;
    const { summary, timeoutSeconds } = hooks[ID];
    addSql(folder);
    const { owner, logins, cluster } = database;
    this.migrator = new WalletFunction(this, {
      id: ID,
      summary,
      folder,
      memoryMb: 512,
      timeoutSeconds,
      environment: {
        [environment.databaseHost]: cluster.clusterEndpoint.hostname,
        [environment.databasePort]: String(POSTGRES_PORT),
        [environment.databaseName]: DATABASE_NAME,
        [environment.databaseSsl]: 'verify',
        [environment.databaseOwnerSecretArn]: owner.secretArn,
        [environment.databaseSecretArn]: logins.writer.secretArn,
        [environment.databaseReaderSecretArn]: logins.reader.secretArn,
        NODE_EXTRA_CA_CERTS: RDS_CERTIFICATES,
      },
      secrets: [owner, logins.writer, logins.reader],
      network: { vpc: network.vpc, group: network.migrator },
      stage,
    });
    const trigger = new Trigger(this, 'Migrate', {
      handler: this.migrator.function,
      timeout: Duration.minutes(15),
    });
    trigger.executeBefore(...[this.migrator, ...handlers].map(({ alias }) => alias));
  }
}
