import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import { hooks } from '../../../functions/hooks';
import { routeList } from '../../../functions/routes';
import { schedules } from '../../../functions/schedules';
import { environment } from '../../../lib/base/environment';
import {
  faultsOf,
  functionsOf,
  type Json,
  methodsOf,
  nameOf,
  ofType,
  type Synthesis,
  synthesize,
  synthesizeOpen,
  withoutHashes,
} from './synthesis';

const dev = synthesize('dev');
const prod = synthesize('prod');
const open = synthesizeOpen();

describe('functions', () => {
  const handlerIds = [...routeList, ...schedules].map(({ id }) => id);

  test('exist for each row, job and hook, run Node 24 on arm64, are traced, and expire their logs', () => {
    const names = functionsOf(open).map(([, { FunctionName }]) => FunctionName);
    const expected = [...handlerIds, ...Object.keys(hooks)].map((id) => nameOf(id));
    expect(names.sort()).toEqual([...expected, nameOf('hooks/migrate', 'dev-chess')].sort());
    for (const [, properties] of functionsOf(open)) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.anything() } },
      });
    }
    for (const [, { RetentionInDays }] of [
      ...ofType(dev, 'AWS::Logs::LogGroup'),
      ...ofType(prod, 'AWS::Logs::LogGroup'),
    ]) {
      expect(RetentionInDays).toBeGreaterThan(0);
    }
  });

  test('have the memory, timeout and concurrency of their rows', () => {
    const of = (synthesis: Synthesis, name: string) =>
      functionsOf(synthesis).find(([, { FunctionName }]) => FunctionName === name)?.[1];
    expect(of(prod, nameOf('wallet/topup', 'prod'))).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(of(prod, nameOf('wallet/batch', 'prod'))).toMatchObject({
      MemorySize: 1024,
      Timeout: 27,
      ReservedConcurrentExecutions: 20,
    });
    expect(of(prod, nameOf('jobs/reconcile-full', 'prod'))).toMatchObject({
      Timeout: 900,
      ReservedConcurrentExecutions: 1,
    });
    expect(of(prod, nameOf('wallet/topup', 'prod'))).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(of(dev, nameOf('wallet/batch'))).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('have only the permissions that are listed here', () => {
    const LISTED = [
      'codedeploy:GetDeployment',
      'codedeploy:PutLifecycleEventHookExecutionStatus',
      'events:PutEvents',
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GetPublicKey',
      'kms:Sign',
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ];
    const ANY_RESOURCE = /^(xray|ec2):/;
    const used = functionsOf(open).map(([, { Role }]) => JSON.stringify(Role));
    const unhashed = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
    const roles = ofType(open, 'AWS::IAM::Role').filter(([id]) =>
      used.some((role) => role.includes(unhashed(id))),
    );
    // Of endpoints and of jobs per set of logins, of those that tell subscribers, of each hook, and of each
    // title's migrator.
    expect(roles.map(([id]) => unhashed(id)).sort()).toEqual([
      'MigrationchessRole',
      'MigrationwalletRole',
      'Roleendpointsreader',
      'Roleendpointswriter',
      'Roleendpointswriterreader',
      'Rolehooksauthorize',
      'Rolehooksconsole',
      'Rolehookssmoke',
      'Rolejobscheckpointwriterreader',
      'Rolejobsdelivereventswriterreader',
      'Rolejobsreader',
      'Rolejobswriter',
      'Rolejobswriterreader',
      'Rolesubscribersputwriter',
    ]);
    const attached = JSON.stringify(ofType(open, 'AWS::IAM::Policy').map(([, { Roles }]) => Roles));
    for (const [id, role] of roles) {
      expect([id, role.ManagedPolicyArns, attached.includes(`"${id}"`)]).toEqual([id, undefined, false]);
      const statements = role.Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);
      for (const { Action, Resource, Effect } of statements) {
        const actions = [Action].flat();
        expect([id, actions.filter((action: string) => !LISTED.includes(action))]).toEqual([id, []]);
        const unbounded =
          Effect === 'Allow' && Resource === '*'
            ? actions.filter((action: string) => !ANY_RESOURCE.test(action))
            : [];
        expect([id, unbounded]).toEqual([id, []]);
      }
    }
  });

  test('read only the secret of their own login, and only the migrator reads the owner’s', () => {
    const variables = (id: string) =>
      functionsOf(dev).find(([, { FunctionName }]) => FunctionName === nameOf(id))?.[1].Environment.Variables;
    const outputOf = (value: Json): string => JSON.stringify(value);
    expect(outputOf(variables('wallet/topup').DB_SECRET_ARN)).toContain('DatabasewalletWriter');
    expect(variables('wallet/topup').DB_READER_SECRET_ARN).toBeUndefined();
    expect(outputOf(variables('wallet/balance').DB_SECRET_ARN)).toContain('DatabasewalletReader');
    expect(outputOf(variables('hooks/migrate').DB_OWNER_SECRET_ARN)).toContain('DatabaseClusterSecret');
    for (const [id, role] of ofType(dev, 'AWS::IAM::Role')) {
      expect([id, JSON.stringify(role).includes('DatabaseClusterSecret')]).toEqual([
        id,
        id.startsWith('MigrationwalletRole'),
      ]);
    }
  });

  test('get only environment variables that the service knows', () => {
    const known = new Set<string>([...Object.values(environment), 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']);
    for (const [, { FunctionName, Environment }] of functionsOf(open)) {
      const unknown = Object.keys(Environment.Variables).filter((name) => !known.has(name));
      expect([FunctionName, unknown]).toEqual([FunctionName, []]);
    }
  });

  test('are called by an alias, which prod smoke-tests, shifts in steps and rolls back on alarms', () => {
    const aliases = Object.entries(prod.resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias');
    const shifted = aliases.filter(
      ([, { UpdatePolicy }]) => UpdatePolicy?.CodeDeployLambdaAliasUpdate !== undefined,
    );
    expect(shifted).toHaveLength(routeList.length);
    for (const [, { UpdatePolicy }] of shifted) {
      const { BeforeAllowTrafficHook } = UpdatePolicy.CodeDeployLambdaAliasUpdate;
      expect(BeforeAllowTrafficHook.Ref).toMatch(/hookssmokeFunction/);
    }
    const [[, { Policies }]] = ofType(prod, 'AWS::IAM::Role').filter(([id]) =>
      id.startsWith('DeploymentsRole'),
    ) as [[string, Json]];
    expect(JSON.stringify(Policies)).toMatch(/lambda:InvokeFunction.*hookssmokeFunction/);
    const groups = ofType(prod, 'AWS::CodeDeploy::DeploymentGroup');
    expect(groups).toHaveLength(routeList.length);
    for (const [, group] of groups) {
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [{ Name: { Ref: expect.stringMatching(/Alarmsdeployment/) } }],
        },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']),
        },
      });
    }
    for (const [name, { Integration }] of methodsOf(prod).filter(([name]) => !name.startsWith('ANY'))) {
      expect([name, JSON.stringify(Integration.Uri), JSON.stringify(Integration.Credentials)]).toEqual([
        name,
        expect.stringMatching(/\w+Live[0-9A-F]{8}/),
        expect.stringContaining('ApiInvoker'),
      ]);
    }
  });

  test('shift only after the data stack is deployed and its migration has succeeded', () => {
    const trigger = expect.objectContaining({
      InvocationType: 'RequestResponse',
      Timeout: '900000',
      ExecuteOnHandlerChange: true,
    });
    expect(ofType(dev, 'Custom::Trigger').map(([, properties]) => properties)).toEqual([trigger, trigger]);
    dev.data.resourceCountIs('Custom::Trigger', 2);
    // What CloudFormation would not let the data's stack change under the service, or deploy after it.
    const service = JSON.stringify(dev.service.toJSON());
    expect(service).toContain('"Fn::ImportValue":"wallet-dev-data:');
    expect(service).not.toContain('Fn::GetStackOutput');
  });
});

describe('titles', () => {
  test('have their own stack, database, logins and names', () => {
    const [chess] = open.titles as [Template];
    const functions = Object.values(chess.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties)
      .filter(({ FunctionName }) => FunctionName !== undefined);
    expect(functions.map(({ FunctionName }) => FunctionName)).toContain('wallet-dev-chess-wallet-topup');
    for (const { FunctionName, Environment } of functions) {
      const { DB_NAME: database, DB_SECRET_ARN: secret, SERVICE_NAME } = Environment.Variables;
      if (database !== undefined) {
        expect([FunctionName, database, SERVICE_NAME]).toEqual([FunctionName, 'chess', 'wallet-dev-chess']);
        expect([FunctionName, JSON.stringify(secret)]).toEqual([
          FunctionName,
          expect.stringMatching(/Databasechess(Writer|Reader)/),
        ]);
      }
    }
    expect(JSON.stringify(chess.toJSON())).not.toMatch(/Databasewallet(Writer|Reader)/);
    expect(JSON.stringify(open.service.toJSON())).not.toContain('Databasechess');
    const logins = ofType(open, 'AWS::SecretsManager::Secret').map(([, { GenerateSecretString }]) =>
      JSON.parse(GenerateSecretString.SecretStringTemplate),
    );
    expect(logins).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ username: 'chess_app', dbname: 'chess' }),
        expect.objectContaining({ username: 'wallet_app', dbname: 'wallet' }),
      ]),
    );
    open.data.resourceCountIs('Custom::Trigger', 4);
  });
});

/** What CloudFormation takes of one stack. */
const MAX_RESOURCES = 500;

describe('a stack', () => {
  test('has room for 60 routes', () => {
    const sizes = [dev, prod, open].flatMap((synthesis) => Object.entries(synthesis.sizes));
    // As if all the routes to come were of one kind, and all their functions of one area.
    const more = 60 - routeList.length;
    const ofRoutes = (types: string[]) =>
      (types.flatMap((type) => ofType(prod, type)).length / routeList.length) * more;
    const [functions, methods] = [
      ofRoutes([
        'AWS::Lambda::Function',
        'AWS::Lambda::Version',
        'AWS::Lambda::Alias',
        'AWS::CodeDeploy::DeploymentGroup',
      ]),
      ofRoutes(['AWS::ApiGateway::Model', 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::Method']),
    ];
    const full = sizes
      .map(([name, size]) => [name, size + (name.includes('Area') ? functions : methods)] as const)
      .filter(([, size]) => size > 0.9 * MAX_RESOURCES);
    expect(full).toEqual([]);
  });
});

describe('the database', () => {
  test('is Aurora PostgreSQL 17, serverless, encrypted, backed up, kept, with logs and insights', () => {
    const [[id, cluster]] = ofType(prod, 'AWS::RDS::DBCluster') as [[string, Json]];
    expect(cluster).toMatchObject({
      Engine: 'aurora-postgresql',
      EngineVersion: expect.stringMatching(/^17\./),
      StorageEncrypted: true,
      KmsKeyId: expect.anything(),
      EnableIAMDatabaseAuthentication: false,
      DeletionProtection: true,
      BackupRetentionPeriod: 35,
      EnableCloudwatchLogsExports: ['postgresql'],
      DatabaseInsightsMode: 'standard',
      ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 64 },
    });
    expect(prod.resources[id]?.DeletionPolicy).toBe('Snapshot');
    prod.data.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: Match.objectLike({ 'rds.force_ssl': '1' }),
    });
    prod.data.allResourcesProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
      EnablePerformanceInsights: true,
    });
  });

  test('has a reader in another zone in prod', () => {
    const zones = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::RDS::DBInstance').map(([, { AvailabilityZone }]) => AvailabilityZone);
    expect(zones(dev)).toHaveLength(1);
    expect(zones(prod)).toHaveLength(2);
    expect(zones(prod)[0]).not.toEqual(zones(prod)[1]);
  });

  test('has no deletion protection in a stage that is not protected', () => {
    const [[, cluster]] = ofType(dev, 'AWS::RDS::DBCluster') as [[string, Json]];
    expect(cluster.DeletionProtection).toBe(false);
  });

  test('is backed up daily to its own vault, which the stage may lock and copy to another region', () => {
    const copies = synthesize('dev', ({ database }) => {
      database.vault = {
        keepDays: 30,
        lock: true,
        copyVaultArn: 'arn:aws:backup:eu-west-1:000000000000:backup-vault:wallet',
      };
    });
    copies.data.hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 30, ChangeableForDays: 3 },
    });
    copies.data.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: Match.objectLike({
        BackupPlanRule: [
          Match.objectLike({
            ScheduleExpression: 'cron(0 3 * * ? *)',
            CopyActions: [Match.objectLike({ Lifecycle: { DeleteAfterDays: 30 } })],
          }),
        ],
      }),
    });
    dev.data.hasResourceProperties('AWS::Backup::BackupVault', { LockConfiguration: Match.absent() });
  });

  test('spans the zones that the stage names', () => {
    const zones = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::EC2::Subnet').map(([, { AvailabilityZone }]) =>
        AvailabilityZone['Fn::Join'][1].at(-1),
      );
    expect([zones(dev), zones(prod)]).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  test('makes the roles before the proxy’s target and the rotations need them', () => {
    const [[trigger], [again]] = ofType(dev, 'Custom::Trigger') as [[string, Json], [string, Json]];
    expect(dev.resources[again]?.DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/^DatabaseProxyProxyTargetGroup/)]),
    );
    const waiting = Object.entries(dev.resources)
      .filter(([, { DependsOn }]) => DependsOn?.includes(trigger))
      .map(([id, { Type }]) => `${Type} ${/Writer|Reader/.exec(id) ?? ''}`.trim());
    expect(waiting.sort()).toEqual([
      'AWS::Lambda::Alias',
      'AWS::RDS::DBProxyTargetGroup',
      'AWS::SecretsManager::RotationSchedule Reader',
      'AWS::SecretsManager::RotationSchedule Writer',
    ]);
  });

  test('is reached through a proxy that requires TLS and limits sessions and waiting time', () => {
    for (const [synthesis, sessions] of [
      [dev, 16],
      [prod, 128],
    ] as const) {
      synthesis.data.hasResourceProperties('AWS::RDS::DBProxy', {
        RequireTLS: true,
        Auth: [
          Match.objectLike({ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED' }),
          Match.objectLike({ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED' }),
        ],
      });
      const [[, { ConnectionPoolConfigurationInfo: pool }]] = ofType(
        synthesis,
        'AWS::RDS::DBProxyTargetGroup',
      ) as [[string, Json]];
      const [[, { Parameters }]] = ofType(synthesis, 'AWS::RDS::DBClusterParameterGroup') as [[string, Json]];
      expect(pool).toMatchObject({ ConnectionBorrowTimeout: 3, MaxIdleConnectionsPercent: 2 });
      expect((Parameters.max_connections * pool.MaxConnectionsPercent) / 100).toBe(sessions);
    }
  });

  test('gives each login its own secret, which the login itself rotates every 30 days', () => {
    const usernames = ofType(dev, 'AWS::SecretsManager::Secret').map(
      ([, { GenerateSecretString }]) => JSON.parse(GenerateSecretString.SecretStringTemplate).username,
    );
    expect(usernames.sort()).toEqual(['wallet_admin', 'wallet_app', 'wallet_reader']);
    dev.data.resourceCountIs('AWS::SecretsManager::RotationSchedule', 3);
    dev.data.allResourcesProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      HostedRotationLambda: Match.objectLike({ RotationType: 'PostgreSQLSingleUser' }),
    });
  });
});

test('anchors are stored in a bucket that keeps each version and denies overwriting and deleting', () => {
  for (const synthesis of [dev, prod]) {
    const [[id, bucket] = ['', {}]] = ofType(synthesis, 'AWS::S3::Bucket').filter(([name]) =>
      /^Anchoring/.test(name),
    );
    expect(bucket.ObjectLockEnabled).toBe(true);
    const [[, { PolicyDocument }] = ['', {}]] = ofType(synthesis, 'AWS::S3::BucketPolicy').filter(
      ([, policy]) => policy.Bucket.Ref === id,
    );
    const denied = { Effect: 'Deny', Principal: { AWS: '*' } };
    expect(PolicyDocument.Statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...denied,
          Action: 's3:PutObject',
          Condition: { Null: { 's3:if-none-match': 'true' } },
        }),
        expect.objectContaining({ ...denied, Action: 's3:DeleteObject' }),
      ]),
    );
  }
});

describe('the network', () => {
  test('is isolated from the internet, and every service that it needs has an endpoint', () => {
    for (const type of [
      'AWS::EC2::NatGateway',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::Route',
      'AWS::EC2::EIP',
    ]) {
      expect([type, ofType(dev, type).length + ofType(open, type).length]).toEqual([type, 0]);
    }
    dev.data.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'secretsmanager:*',
            Resource: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
          }),
          // Of no secret: without it no password could be renewed.
          Match.objectLike({ Action: 'secretsmanager:GetRandomPassword', Resource: '*' }),
        ],
      },
    });
    // Jobs reach this account's own buses, queues, keys and buckets alone.
    const own = {
      'aws:PrincipalAccount': { Ref: 'AWS::AccountId' },
      'aws:ResourceAccount': { Ref: 'AWS::AccountId' },
    };
    const telling = ofType(dev, 'AWS::EC2::VPCEndpoint').filter(([id]) => /EventBridge|Sqs|Kms|S3/.test(id));
    expect(telling.map(([, { PolicyDocument }]) => PolicyDocument.Statement[0].Condition)).toEqual(
      Array(4).fill({ StringEquals: own }),
    );
    dev.data.resourceCountIs('AWS::EC2::VPCEndpoint', 6);
    open.data.resourceCountIs('AWS::EC2::VPCEndpoint', 5);
  });

  test('allows traffic between security groups only, never by address', () => {
    const rules = [
      ...ofType(dev, 'AWS::EC2::SecurityGroupIngress'),
      ...ofType(dev, 'AWS::EC2::SecurityGroupEgress'),
    ];
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter(([, rule]) => rule.CidrIp !== undefined || rule.CidrIpv6 !== undefined)).toEqual([]);
    for (const [id, group] of ofType(dev, 'AWS::EC2::SecurityGroup')) {
      expect([id, group.SecurityGroupIngress]).toEqual([id, undefined]);
      // Nothing goes out but by a rule; where there is none, the CDK writes one to an address that nobody
      // has, in place of the default, which is all.
      const own = rules.filter(
        ([, { GroupId, DestinationSecurityGroupId: to }]) =>
          to && JSON.stringify(GroupId).includes(`"${id}"`),
      );
      const closed = group.SecurityGroupEgress?.map(({ CidrIp }: Json) => CidrIp);
      expect([id, closed]).toEqual([id, own.length > 0 ? undefined : ['255.255.255.255/32']]);
    }
  });
});

describe('jobs', () => {
  test('run on the schedule of their rows, are retried, and leave failures in a queue with an alarm', () => {
    for (const { id, summary, everySeconds } of schedules) {
      const minutes = everySeconds / 60;
      const [amount, unit] =
        minutes % 1440 === 0
          ? [minutes / 1440, 'day']
          : minutes % 60 === 0
            ? [minutes / 60, 'hour']
            : [minutes, 'minute'];
      dev.service.hasResourceProperties('AWS::Scheduler::Schedule', {
        Description: summary,
        ScheduleExpression: `rate(${amount} ${unit}${amount === 1 ? '' : 's'})`,
        Target: Match.objectLike({
          RetryPolicy: Match.objectLike({ MaximumRetryAttempts: 2 }),
          DeadLetterConfig: Match.anyValue(),
        }),
      });
      expect(id).toMatch(/^jobs\//);
    }
    dev.service.resourceCountIs('AWS::Scheduler::Schedule', schedules.length);
    dev.service.allResourcesProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    dev.service.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'wallet-dev-dead-letters',
      Threshold: 1,
    });
  });
});

describe('alarms', () => {
  test('each link to an existing section of the runbook', () => {
    const anchors = [...readFileSync('infra/aws/RUNBOOK.md', 'utf8').matchAll(/^#+ (.+)$/gm)].map(
      ([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
    );
    const alarms = ofType(prod, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(15);
    for (const [, { AlarmName, AlarmDescription, AlarmActions }] of alarms) {
      const [, anchor = ''] = /infra\/aws\/RUNBOOK\.md#([a-z0-9-]+)$/.exec(AlarmDescription) ?? [];
      expect([AlarmName, anchors.includes(anchor), AlarmActions?.length]).toEqual([AlarmName, true, 1]);
    }
  });

  test('can reach their topic, because CloudWatch may publish to it and use its key', () => {
    const cloudWatch = {
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    dev.data.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', ...cloudWatch }),
        ]),
      },
    });
    dev.data.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', ...cloudWatch })]) },
    });
  });

  test('watch only the metrics of their own stage when two stages share an account', () => {
    const watched = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::CloudWatch::Alarm').flatMap(([, { Namespace, Dimensions, Metrics }]) =>
        [
          { Namespace, Dimensions },
          ...(Metrics ?? []).map(({ MetricStat }: Json) => MetricStat?.Metric ?? {}),
        ]
          .filter((metric: Json) => metric.Namespace === 'Wallet')
          .map((metric: Json) => metric.Dimensions.find(({ Name }: Json) => Name === 'service').Value),
      );
    expect([new Set(watched(dev)), new Set(watched(prod))]).toEqual([
      new Set(['wallet-dev']),
      new Set(['wallet-prod']),
    ]);
    const told = functionsOf(dev)
      .map(([, { Environment }]) => Environment.Variables.SERVICE_NAME)
      .filter(Boolean);
    expect(new Set(told)).toEqual(new Set(['wallet-dev']));
  });

  test('cover everything that an operator must know', () => {
    const names = ofType(dev, 'AWS::CloudWatch::Alarm').map(([, { AlarmName }]) =>
      AlarmName.replace('wallet-dev-', ''),
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'server-errors',
        'latency',
        'contention',
        'refusals-IDEMPOTENCY_KEY_REUSED',
        'discrepancies-reconcile',
        'discrepancies-reconcile-full',
        'reconciliation-missing',
        'pinned-sessions',
        'connections',
        'capacity',
        'borrow-latency',
        'failed-logins',
        'transaction-ids',
        'concurrency',
        'failed-jobs',
        'dead-letters',
      ]),
    );
    dev.service.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    expect(ofType(dev, 'AWS::Events::Rule').map(([, { Name }]) => Name)).toEqual([
      'wallet-dev-failover',
      'wallet-dev-rotation-failed',
    ]);
  });

  test('read the proxy’s metrics by the minute, counts as sums and latencies as averages', () => {
    const metrics = ofType(prod, 'AWS::CloudWatch::Alarm').flatMap(([, alarm]) => [
      { ...alarm, Stat: alarm.Statistic },
      ...(alarm.Metrics ?? [])
        .filter(({ MetricStat }: Json) => MetricStat)
        .map(({ MetricStat }: Json) => ({ ...MetricStat.Metric, ...MetricStat })),
    ]);
    const ofProxy = metrics.filter(({ Dimensions }) => Dimensions?.[0]?.Name === 'ProxyName');
    expect(ofProxy.length).toBeGreaterThan(4);
    for (const { MetricName, Stat, Period } of ofProxy) {
      // Of a count the sum, of a latency the average.
      const wanted = MetricName.endsWith('Latency') ? 'Average' : 'Sum';
      expect([MetricName, Stat, Period]).toEqual([MetricName, wanted, 60]);
    }
  });
});

describe('rules', () => {
  test('of AWS Solutions and of the CDK find only what is acknowledged', () => {
    for (const { report } of [dev, prod, open]) {
      expect(report.pluginReports).toEqual([
        expect.objectContaining({ pluginName: 'AwsSolutions', conclusion: 'success', violations: [] }),
      ]);
    }
  });

  test.each([
    ['AWS Solutions', 'AwsSolutions-SQS4', (stack: Stack) => new Queue(stack, 'Planted')],
    [
      'the CDK',
      'F3034',
      (stack: Stack) =>
        new CfnFunction(stack, 'Planted', {
          code: { zipFile: '' },
          role: 'arn:aws:iam::000000000000:role/x',
          memorySize: 1,
        }),
    ],
  ])('of %s stop the synthesis when a fault is planted', (_, rule, plant) => {
    expect(faultsOf((app) => plant(app.node.findChild('wallet-dev') as Stack))).toContain(rule);
  });
});

test('the templates are those that were looked at last (npm test -- -u writes them)', () => {
  expect(withoutHashes(prod.data)).toMatchSnapshot('data');
  expect(withoutHashes(prod.service)).toMatchSnapshot('service');
});
