import { Duration } from 'aws-cdk-lib/core';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { hooks } from '../../functions/hooks';
import { environment } from '../../lib/base/environment';
import type { Database } from './database';
import { FunctionRole, logGroupOf, WalletFunction } from './function';
import { type Network, POSTGRES_PORT } from './network';
import type { Title } from './stage';

/**
 * Where Lambda's Node.js keeps the certificates of RDS among others; since Node 20 it does not load them by
 * itself.
 */
const RDS_CERTIFICATES = '/var/runtime/ca-cert.pem';
const ID = 'hooks/migrate';

/**
 * Runs the migrations of a title's database straight at the cluster, as its owner, and makes the roles that
 * the title logs in as. A deployment waits for it and fails with it. It runs when its bundle, which holds the
 * SQL, has changed: in the stack of the data, so before any function of the service changes.
 */
export class Migration extends Construct {
  /** Done once the migrations have run. */
  readonly trigger: Trigger;

  constructor(
    scope: Construct,
    id: string,
    props: {
      title: Title;
      network: Network;
      database: Database;
      folder: string;
    },
  ) {
    super(scope, id);
    const { title, network, database, folder } = props;
    const { summary, timeoutSeconds } = hooks[ID];
    const { owner, cluster } = database;
    const { writer, reader } = database.loginsOf(title.database);
    const logGroup = logGroupOf(this, 'migrate', title.stage);
    const migrator = new WalletFunction(this, {
      id: ID,
      summary,
      folder,
      memoryMb: 512,
      timeoutSeconds,
      environment: {
        [environment.databaseHost]: cluster.clusterEndpoint.hostname,
        [environment.databasePort]: String(POSTGRES_PORT),
        [environment.databaseName]: title.database,
        [environment.databaseSsl]: 'verify',
        [environment.databaseOwnerSecretArn]: owner.secretArn,
        [environment.databaseSecretArn]: writer.secretArn,
        [environment.databaseReaderSecretArn]: reader.secretArn,
        NODE_EXTRA_CA_CERTS: RDS_CERTIFICATES,
      },
      runs: {
        logGroup,
        role: new FunctionRole(this, 'Role', {
          description: `wallet-${title.stage.name}: migrates`,
          stage: title.stage,
          logGroups: [logGroup],
          secrets: [owner, writer, reader],
          inNetwork: true,
        }),
        network: { vpc: network.vpc, group: network.migrator },
      },
      stage: title.stage,
    });
    this.trigger = new Trigger(this, 'Migrate', {
      handler: migrator.function,
      timeout: Duration.minutes(15),
      executeAfter: [cluster],
      executeBefore: [migrator.alias],
    });
    // Once more when there is a proxy: it may have a login now that must be let in, and all others not.
    new Trigger(this, 'Admit', {
      handler: migrator.function,
      timeout: Duration.minutes(15),
      executeAfter: [database.proxy],
    });
  }
}
