import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
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

  test('are one per row, job and hook, of Node 24 on arm64, traced, with a log that ends', () => {
    const names = functionsOf(open).map(([, { FunctionName }]) => FunctionName);
    expect(names.sort()).toEqual([...handlerIds, ...Object.keys(hooks)].map((id) => nameOf(id)).sort());
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

  test('have the memory, time and concurrency of their rows', () => {
    const of = (synthesis: Synthesis, name: string) =>
      functionsOf(synthesis).find(([, { FunctionName }]) => FunctionName === name)?.[1];
    expect(of(prod, nameOf('wallet/topup', 'prod'))).toMatchObject({ MemorySize: 512, Timeout: 29 });
    expect(of(prod, nameOf('wallet/batch', 'prod'))).toMatchObject({
      MemorySize: 1024,
      ReservedConcurrentExecutions: 20,
    });
    expect(of(prod, nameOf('jobs/reconcile-full', 'prod'))).toMatchObject({
      Timeout: 900,
      ReservedConcurrentExecutions: 1,
    });
    expect(of(prod, nameOf('wallet/topup', 'prod'))).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(of(dev, nameOf('wallet/batch'))).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('may do what is listed here, and no more', () => {
    const LISTED = [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
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
    const roles = ofType(open, 'AWS::IAM::Role').filter(([id]) =>
      /^(wallet|holds|admin|system|jobs|hooks|Migrationhooks)/.test(id),
    );
    expect(roles).toHaveLength(handlerIds.length + 2);
    const attached = ofType(open, 'AWS::IAM::Policy');
    for (const [id, role] of roles) {
      expect([id, role.ManagedPolicyArns]).toEqual([id, undefined]);
      const more = attached
        .filter(([, { Roles }]) => JSON.stringify(Roles).includes(`"${id}"`))
        .map(([, policy]) => policy);
      const statements = [...role.Policies, ...more].flatMap(
        ({ PolicyDocument }: Json) => PolicyDocument.Statement,
      );
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

  test('read no secret but their own login; GETs read with the login that can do nothing else, the owner’s only the migrator', () => {
    const variables = (id: string) =>
      functionsOf(dev).find(([, { FunctionName }]) => FunctionName === nameOf(id))?.[1].Environment.Variables;
    const outputOf = (value: Json): string => JSON.stringify(value);
    expect(outputOf(variables('wallet/topup').DB_SECRET_ARN)).toContain('DatabaseWriter');
    expect(variables('wallet/topup').DB_READER_SECRET_ARN).toBeUndefined();
    expect(outputOf(variables('wallet/balance').DB_SECRET_ARN)).toContain('DatabaseReader');
    expect(outputOf(variables('hooks/migrate').DB_OWNER_SECRET_ARN)).toContain('DatabaseClusterSecret');
    for (const [id, role] of ofType(dev, 'AWS::IAM::Role')) {
      expect([id, JSON.stringify(role).includes('DatabaseClusterSecret')]).toEqual([
        id,
        id.startsWith('Migrationhooksmigrate'),
      ]);
    }
  });

  test('are told nothing under a name that the service does not know', () => {
    const known = new Set<string>([...Object.values(environment), 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']);
    for (const [, { FunctionName, Environment }] of functionsOf(open)) {
      const unknown = Object.keys(Environment.Variables).filter((name) => !known.has(name));
      expect([FunctionName, unknown]).toEqual([FunctionName, []]);
    }
  });

  test('are called by their alias, which in prod shifts by a tenth first and goes back when the function’s alarm rings', () => {
    const aliases = Object.entries(prod.resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias');
    const shifted = aliases.filter(
      ([, { UpdatePolicy }]) => UpdatePolicy?.CodeDeployLambdaAliasUpdate !== undefined,
    );
    expect(shifted).toHaveLength(routeList.length);
    const groups = ofType(prod, 'AWS::CodeDeploy::DeploymentGroup');
    expect(groups).toHaveLength(routeList.length);
    for (const [, group] of groups) {
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [{ Name: { Ref: expect.stringMatching(/^Alarmsfunction/) } }],
        },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']),
        },
      });
    }
    for (const [name, { Integration }] of methodsOf(prod).filter(([name]) => !name.startsWith('ANY'))) {
      expect([name, JSON.stringify(Integration.Uri)]).toEqual([
        name,
        expect.stringMatching(/"Ref":"\w+Live[0-9A-F]{8}"/),
      ]);
    }
  });

  test('shift only once the migration has ended well', () => {
    const [[migration, trigger]] = ofType(dev, 'Custom::Trigger') as [[string, Json]];
    expect(trigger).toMatchObject({
      InvocationType: 'RequestResponse',
      Timeout: '900000',
      ExecuteOnHandlerChange: true,
    });
    const waiting = Object.values(dev.resources).filter(
      ({ Type, DependsOn }) => Type === 'AWS::Lambda::Alias' && DependsOn?.includes(migration),
    );
    expect(waiting).toHaveLength(handlerIds.length + 1);
  });
});

describe('the database', () => {
  test('is Aurora PostgreSQL 17, serverless, encrypted, backed up, kept, with IAM authentication, logs and insights', () => {
    const [[id, cluster]] = ofType(prod, 'AWS::RDS::DBCluster') as [[string, Json]];
    expect(cluster).toMatchObject({
      Engine: 'aurora-postgresql',
      EngineVersion: expect.stringMatching(/^17\./),
      StorageEncrypted: true,
      KmsKeyId: expect.anything(),
      EnableIAMDatabaseAuthentication: true,
      DeletionProtection: true,
      BackupRetentionPeriod: 35,
      EnableCloudwatchLogsExports: expect.arrayContaining(['postgresql']),
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

  test('has in prod a reader in another zone', () => {
    const zones = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::RDS::DBInstance').map(([, { AvailabilityZone }]) => AvailabilityZone);
    expect(zones(dev)).toHaveLength(1);
    expect(zones(prod)).toHaveLength(2);
    expect(zones(prod)[0]).not.toEqual(zones(prod)[1]);
  });

  test('is reached through a proxy that asks for TLS and lets nobody wait longer than five seconds', () => {
    dev.data.hasResourceProperties('AWS::RDS::DBProxy', {
      RequireTLS: true,
      Auth: [Match.objectLike({ AuthScheme: 'SECRETS' }), Match.objectLike({ AuthScheme: 'SECRETS' })],
    });
    dev.data.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
      ConnectionPoolConfigurationInfo: Match.objectLike({ ConnectionBorrowTimeout: 5 }),
    });
  });

  test('gives each login a secret of its own, renewed every 30 days by the login itself', () => {
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

describe('the network', () => {
  test('is isolated: no way to the internet, and what must be reached has an endpoint', () => {
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
    dev.data.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    open.data.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
  });

  test('lets groups reach groups: no rule names addresses', () => {
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
  test('run at the pace of their rows, are tried again, and leave what failed in a queue that alarms', () => {
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
  test('each links to its section of the runbook, which exists', () => {
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

  test('reach their topic: CloudWatch may publish to it, and use its key', () => {
    const cloudWatch = {
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    dev.service.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', ...cloudWatch }),
        ]),
      },
    });
    dev.service.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', ...cloudWatch })]) },
    });
  });

  test('of two stages in one account know each its own metrics', () => {
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

  test('watch what an operator must know', () => {
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
        'throttles',
        'dead-letters',
      ]),
    );
    dev.service.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });
});

describe('rules', () => {
  test('of AWS Solutions and of the CDK find nothing that is not acknowledged', () => {
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
  ])('of %s stop the synthesis at a fault that is planted', (_, rule, plant) => {
    expect(faultsOf((app) => plant(app.node.findChild('wallet-dev') as Stack))).toContain(rule);
  });
});

test('the templates are those that were looked at last (npm test -- -u writes them)', () => {
  expect(withoutHashes(prod.data)).toMatchSnapshot('data');
  expect(withoutHashes(prod.service)).toMatchSnapshot('service');
});
