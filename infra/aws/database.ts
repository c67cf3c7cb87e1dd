import type { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  ClientPasswordAuthType,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseProxy,
  DatabaseSecret,
  ParameterGroup,
  ProxyTarget,
} from 'aws-cdk-lib/aws-rds';
import { HostedRotation, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { connect, type Network, POSTGRES } from './network';
import type { Stage } from './stage';

export const DATABASE_NAME = 'wallet';
/** Makes the roles and migrates; never used by a handler. */
const OWNER = 'wallet_admin';
const ROTATION = Duration.days(30);
/** What a handler waits for a connection; lib/db waits as long. */
const BORROW_TIMEOUT = Duration.seconds(5);
/** Characters that some part of the way (a URL, a shell, the rotation function) does not take. */
const EXCLUDED = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\^=,';

/** The service's two logins: one posts, the other reads without serializable isolation. */
export type LoginName = 'writer' | 'reader';

/** Aurora PostgreSQL, the proxy before it, and who may log in. */
export class Database extends Construct {
  readonly cluster: DatabaseCluster;
  readonly proxy: DatabaseProxy;
  private readonly clusterGroup: SecurityGroup;
  private readonly proxyGroup: SecurityGroup;
  /** The owner's; the migrator alone reads it. */
  readonly owner: ISecret;
  readonly logins: Record<LoginName, ISecret>;

  constructor(
    scope: Construct,
    id: string,
    private readonly network: Network,
    stage: Stage,
  ) {
    super(scope, id);
    this.clusterGroup = network.securityGroup('Cluster', 'The database');
    this.proxyGroup = network.securityGroup('Proxy', 'The proxy before the database');
    connect(network.handlers, this.proxyGroup, POSTGRES, 'the ledger');
    connect(network.migrator, this.clusterGroup, POSTGRES, 'migrations');
    connect(this.proxyGroup, this.clusterGroup, POSTGRES, 'sessions of the proxy');
    this.cluster = this.makeCluster(stage);
    this.owner = this.cluster.secret as ISecret;
    this.rotate('Owner', this.owner);
    this.logins = {
      writer: this.login('Writer', 'wallet_app'),
      reader: this.login('Reader', 'wallet_reader'),
    };
    this.proxy = new DatabaseProxy(this, 'Proxy', {
      proxyTarget: ProxyTarget.fromCluster(this.cluster),
      secrets: Object.values(this.logins),
      vpc: network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.proxyGroup],
      requireTLS: true,
      borrowTimeout: BORROW_TIMEOUT,
      clientPasswordAuthType: ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256,
      // The rest is for the migrator and for people.
      maxConnectionsPercent: 90,
    });
  }

  private makeCluster(stage: Stage): DatabaseCluster {
    const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_9 });
    const clusterIdentifier = `wallet-${stage.name}`;
    const [first, second] = this.network.vpc.availabilityZones;
    const key = new Key(this, 'Key', {
      description: `Data of the wallet, ${stage.name}`,
      enableKeyRotation: true,
    });
    const exports = ['postgresql', 'iam-db-auth-error'];
    // Made before the cluster would make them itself, and keep them for ever.
    const logGroups = exports.map(
      (name) =>
        new LogGroup(this, `Log-${name}`, {
          logGroupName: `/aws/rds/cluster/${clusterIdentifier}/${name}`,
          retention: stage.logRetentionDays as RetentionDays,
          removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        }),
    );
    const instance = {
      publiclyAccessible: false,
      enablePerformanceInsights: true,
      autoMinorVersionUpgrade: true,
    };
    const cluster = new DatabaseCluster(this, 'Cluster', {
      engine,
      clusterIdentifier,
      defaultDatabaseName: DATABASE_NAME,
      credentials: Credentials.fromGeneratedSecret(OWNER, { excludeCharacters: EXCLUDED }),
      writer: ClusterInstance.serverlessV2('Writer', {
        ...instance,
        ...(first && { availabilityZone: first }),
      }),
      readers: stage.database.reader
        ? [
            ClusterInstance.serverlessV2('Reader', {
              ...instance,
              scaleWithWriter: true,
              ...(second && { availabilityZone: second }),
            }),
          ]
        : [],
      serverlessV2MinCapacity: stage.database.minAcu,
      serverlessV2MaxCapacity: stage.database.maxAcu,
      vpc: this.network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.clusterGroup],
      storageEncrypted: true,
      storageEncryptionKey: key,
      iamAuthentication: true,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      backup: { retention: Duration.days(stage.database.backupDays) },
      cloudwatchLogsExports: exports,
      enablePerformanceInsights: true,
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        description: 'TLS alone; slow statements and lock waits are logged, what they carried is not',
        parameters: {
          'rds.force_ssl': '1',
          // Milliseconds: a hundred times a posting.
          log_min_duration_statement: '500',
          log_lock_waits: '1',
          // Bytes of parameters in the log: they are users' data.
          log_parameter_max_length: '0',
          log_parameter_max_length_on_error: '0',
        },
      }),
    });
    cluster.node.addDependency(...logGroups);
    return cluster;
  }

  private login(id: string, username: string): ISecret {
    const secret = new DatabaseSecret(this, id, {
      username,
      dbname: DATABASE_NAME,
      excludeCharacters: EXCLUDED,
    }).attach(this.cluster);
    this.rotate(id, secret);
    return secret;
  }

  /** A new password every 30 days, set by the login itself, straight at the cluster. */
  private rotate(id: string, secret: ISecret): void {
    const group = this.network.securityGroup(
      `${id}Rotation`,
      `The function that rotates the password of ${id}`,
    );
    connect(group, this.clusterGroup, POSTGRES, 'sets the new password');
    this.network.allowSecrets(group);
    secret.addRotationSchedule('Rotation', {
      automaticallyAfter: ROTATION,
      // The first migration makes the roles. (Secrets Manager may test a schedule when it is made: that test
      // fails, and changes nothing.)
      rotateImmediatelyOnUpdate: false,
      hostedRotation: HostedRotation.postgreSqlSingleUser({
        vpc: this.network.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [group],
        excludeCharacters: EXCLUDED,
      }),
    });
  }
}
