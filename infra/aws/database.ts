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
  DatabaseInsightsMode,
  DatabaseProxy,
  DatabaseSecret,
  ParameterGroup,
  PerformanceInsightRetention,
  ProxyTarget,
} from 'aws-cdk-lib/aws-rds';
import { HostedRotation, type ISecret, type RotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { MAIN_TITLE, rolesOf } from '../../lib/base/roles';
import { connect, type Network, POSTGRES } from './network';
import { type Stage, titlesOf } from './stage';

/** Makes the roles and migrates; never used by a handler. */
const OWNER = 'wallet_admin';
const ROTATION = Duration.days(30);
/** What a handler waits for a session before it answers 503, so that a stall does not pile up callers. */
const BORROW_TIMEOUT = Duration.seconds(3);
/**
 * Sessions that the proxy may open for each ACU of the most that the database may grow to; an ACU is about a
 * quarter of a core. More sessions do not post more: on two cores 64 callers posted a fifth more through 16
 * sessions than through 64. So callers queue at the proxy, not in the database.
 */
const SESSIONS_PER_ACU = 2;
/** Also of the smallest database: jobs and reads need some beside postings. */
const MIN_SESSIONS = 16;
/** Of the database's max_connections. */
const PROXY_SHARE_PERCENT = 25;
/** Of max_connections; the sessions that the proxy keeps open when nobody needs them. */
const PROXY_IDLE_PERCENT = 2;

/**
 * What PostgreSQL's own log gets: slow statements, lock waits, failed logins and crashes. A refusal or a retry
 * is an ERROR to PostgreSQL, whose message and details name players and balances: the service logs these
 * itself, without names, and here they leave no line (LOG is above ERROR in the log's order).
 */
export const LOG_PARAMETERS = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  // Without details, hints and contexts.
  log_error_verbosity: 'terse',
  // Milliseconds: a hundred times a posting.
  log_min_duration_statement: '500',
  log_lock_waits: '1',
  // Bytes of parameters in the log: they are users' data.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** Characters that some part of the way (a URL, a shell, the rotation function) does not take. */
const EXCLUDED = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\^=,';

/** The two logins of a title: one posts, the other reads without serializable isolation. */
export type LoginName = 'writer' | 'reader';
export type Logins = Record<LoginName, ISecret>;

/** Sessions that the proxy may open at most. */
export function sessionsOf({ database }: Stage): number {
  return Math.max(MIN_SESSIONS, SESSIONS_PER_ACU * database.maxAcu);
}

/** Aurora PostgreSQL, the proxy before it, and who may log in. */
export class Database extends Construct {
  readonly cluster: DatabaseCluster;
  readonly proxy: DatabaseProxy;
  private readonly clusterGroup: SecurityGroup;
  private readonly proxyGroup: SecurityGroup;
  /** The owner's; the migrator alone reads it. */
  readonly owner: ISecret;
  private readonly logins = new Map<string, Logins>();
  private readonly rotations: RotationSchedule[] = [];

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
    const titles = titlesOf(stage);
    for (const { database } of titles) {
      this.logins.set(database, this.makeLogins(database));
    }
    const dbProxyName = `wallet-${stage.name}`;
    this.proxy = new DatabaseProxy(this, 'Proxy', {
      dbProxyName,
      proxyTarget: ProxyTarget.fromCluster(this.cluster),
      secrets: titles.flatMap(({ database }) => Object.values(this.loginsOf(database))),
      vpc: network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.proxyGroup],
      requireTLS: true,
      borrowTimeout: BORROW_TIMEOUT,
      clientPasswordAuthType: ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256,
      // The rest is for the migrator, for people, and for RDS itself.
      maxConnectionsPercent: PROXY_SHARE_PERCENT,
      maxIdleConnectionsPercent: PROXY_IDLE_PERCENT,
    });
    this.proxy.node.addDependency(this.logGroup(`proxy/${dbProxyName}`, stage));
  }

  private makeCluster(stage: Stage): DatabaseCluster {
    const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_9 });
    const clusterIdentifier = `wallet-${stage.name}`;
    const [first, second] = this.network.vpc.availabilityZones;
    const key = new Key(this, 'Key', {
      description: `Data of the wallet, ${stage.name}`,
      enableKeyRotation: true,
    });
    const instance = {
      publiclyAccessible: false,
      enablePerformanceInsights: true,
      autoMinorVersionUpgrade: true,
    };
    const cluster = new DatabaseCluster(this, 'Cluster', {
      engine,
      clusterIdentifier,
      // Whatever the titles are: another name would be another cluster.
      defaultDatabaseName: MAIN_TITLE,
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
      // Nobody logs in by IAM: RUNBOOK.md, Rotate a password, says why.
      iamAuthentication: false,
      deletionProtection: stage.protect,
      copyTagsToSnapshot: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      backup: { retention: Duration.days(stage.database.backupDays) },
      cloudwatchLogsExports: ['postgresql'],
      databaseInsightsMode: DatabaseInsightsMode.STANDARD,
      performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        description: 'TLS alone; slow statements and lock waits are logged, what they carried is not',
        parameters: {
          'rds.force_ssl': '1',
          max_connections: String((100 * sessionsOf(stage)) / PROXY_SHARE_PERCENT),
          ...LOG_PARAMETERS,
        },
      }),
    });
    cluster.node.addDependency(this.logGroup(`cluster/${clusterIdentifier}/postgresql`, stage));
    return cluster;
  }

  /** Made before RDS would make it itself, and keep its lines for ever. */
  private logGroup(name: string, stage: Stage): LogGroup {
    return new LogGroup(this, `Log-${name.replaceAll('/', '-')}`, {
      logGroupName: `/aws/rds/${name}`,
      retention: stage.logRetentionDays as RetentionDays,
      // Not after a first deployment that failed: the next one would find the name taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  loginsOf(database: string): Logins {
    const logins = this.logins.get(database);
    if (logins === undefined) {
      throw new Error(`${database} is no title of this stage`);
    }
    return logins;
  }

  /**
   * What asks for roles that a migration makes, and waits for it: CloudFormation makes the proxy's target and
   * waits 20 minutes until it is available, and Secrets Manager tests a rotation when it is made.
   */
  get needsRoles(): IConstruct[] {
    return [this.proxy.node.findChild('ProxyTargetGroup'), ...this.rotations];
  }

  private makeLogins(database: string): Logins {
    const roles = rolesOf(database);
    const make = (id: string, username: string): ISecret => {
      const secret = new DatabaseSecret(this, id, {
        username,
        dbname: database,
        excludeCharacters: EXCLUDED,
      }).attach(this.cluster);
      this.rotations.push(this.rotate(id, secret));
      return secret;
    };
    return {
      writer: make(`${database}-Writer`, roles.app),
      reader: make(`${database}-Reader`, roles.reader),
    };
  }

  /** A new password every 30 days, set by the login itself, straight at the cluster. */
  private rotate(id: string, secret: ISecret): RotationSchedule {
    const group = this.network.securityGroup(
      `${id}Rotation`,
      `The function that rotates the password of ${id}`,
    );
    connect(group, this.clusterGroup, POSTGRES, 'sets the new password');
    this.network.allowSecrets(group);
    return secret.addRotationSchedule('Rotation', {
      automaticallyAfter: ROTATION,
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
