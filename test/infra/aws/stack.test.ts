import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { hooks } from '../../../functions/hooks';
import { routeList, routes } from '../../../functions/routes';
import { schedules } from '../../../functions/schedules';
import { shadowsOf } from '../../../infra/aws/api';
import { readStage } from '../../../infra/aws/stage';
import { createGateway } from '../../../infra/local/gateway';
import { environment } from '../../../lib/base/environment';
import { faultsOf, type Json, type Synthesis, synthesize, withoutHashes } from './synthesis';

let dev: Synthesis;
let prod: Synthesis;
/** Regional, with tokens, pages of two origins, and no limit per IP. */
let open: Synthesis;
beforeAll(() => {
  dev = synthesize('dev');
  prod = synthesize('prod');
  open = synthesize('dev', ({ api }) => {
    Object.assign(api, {
      endpoint: 'regional',
      auth: 'jwt',
      jwt: { issuer: 'https://issuer.example', audience: 'game' },
      corsOrigins: ['https://a.example', 'https://b.example'],
      requestsPerMinutePerIp: 0,
    });
  });
});

const ofType = ({ resources }: Synthesis, type: string): [string, Json][] =>
  Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
const functionsOf = (synthesis: Synthesis): [string, Json][] =>
  ofType(synthesis, 'AWS::Lambda::Function').filter(([, { FunctionName }]) => FunctionName !== undefined);
const nameOf = (id: string, stage = 'dev'): string => `wallet-${stage}-${id.replace('/', '-')}`;

/** Every (method, path) of a template, with the method's properties. */
function methodsOf(synthesis: Synthesis): [string, Json][] {
  const pathOf = (reference: Json): string => {
    const resource = synthesis.resources[reference?.Ref]?.Properties;
    return resource === undefined ? '' : `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  return ofType(synthesis, 'AWS::ApiGateway::Method').map(([, properties]) => [
    `${properties.HttpMethod} ${pathOf(properties.ResourceId)}`,
    properties,
  ]);
}
/** GETs of history for users who are called like a posting: see below. */
const shadows = routeList.flatMap((route) => shadowsOf(route).map((path) => `${route.method} ${path}`));
const routesOf = (synthesis: Synthesis): string[] =>
  methodsOf(synthesis)
    .map(([name]) => name)
    .filter((name) => !/^(ANY|OPTIONS) /.test(name) && !shadows.includes(name))
    .sort();

/** What Fastify prints as a tree, without its own pages. */
function routesServed(tree: string): string[] {
  const above: string[] = [];
  return tree
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
      const path = (above[indent.length / 4 - 1] ?? '') + part;
      above[indent.length / 4] = path;
      return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    })
    .filter((route) => !/^(OPTIONS|HEAD) |^GET \/(docs|openapi\.json)/.test(route))
    .sort();
}

describe('routes', () => {
  const table = routeList.map(({ method, path }) => `${method} ${path}`).sort();

  test('the template, the local gateway and the OpenAPI document hold the same set', async () => {
    const logger = { http: () => undefined, error: () => undefined } as never;
    const gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger });
    const served = routesServed(gateway.printRoutes({ commonPrefix: false }));
    await gateway.close();
    const { paths } = JSON.parse(readFileSync('lib/contract/openapi.json', 'utf8')) as { paths: Record<string, object> };
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect({ template: routesOf(dev), gateway: served, document: documented.sort() }).toEqual({
      template: table,
      gateway: table,
      document: table,
    });
    expect([routesOf(prod), routesOf(open)]).toEqual([table, table]);
  });

  test('a user may be called like a posting: where that path has no parameter, the method is there all the same', () => {
    expect(shadows).toEqual(
      ['topup', 'bonus', 'purchase', 'transfer', 'refund', 'reversal', 'exchange', 'batch'].map(
        (name) => `GET /api/transactions/${name}`,
      ),
    );
    const methods = new Map(methodsOf(dev));
    for (const shadow of shadows) {
      expect([shadow, methods.get(shadow)?.Integration.Uri, methods.get(shadow)?.AuthorizationType]).toEqual([
        shadow,
        methods.get('GET /api/transactions/{userId}')?.Integration.Uri,
        'AWS_IAM',
      ]);
    }
  });

  test('callers sign with IAM, or bring a token; only the health check asks nobody', () => {
    const auth = (synthesis: Synthesis) =>
      new Map(methodsOf(synthesis).map(([name, { AuthorizationType }]) => [name, AuthorizationType]));
    for (const { method, path, scope } of routeList) {
      const name = `${method} ${path}`;
      expect([name, auth(dev).get(name), auth(open).get(name)]).toEqual(
        scope === 'public' ? [name, 'NONE', 'NONE'] : [name, 'AWS_IAM', 'CUSTOM'],
      );
    }
    expect(routeList.filter(({ scope }) => scope === 'public').map(({ id }) => id)).toEqual(['system/health']);
    open.service.hasResourceProperties('AWS::ApiGateway::Authorizer', { Type: 'TOKEN', AuthorizerResultTtlInSeconds: 60 });
    dev.service.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
  });

  test('what the table does not know is answered by API Gateway itself: 404, in the envelope', () => {
    const unknown = methodsOf(dev).filter(([name]) => name.startsWith('ANY '));
    expect(unknown.map(([name]) => name)).toEqual(
      expect.arrayContaining(['ANY ', 'ANY /{unknown+}', 'ANY /api/balance/{userId}']),
    );
    for (const [name, { Integration }] of unknown) {
      expect([name, Integration.Type]).toEqual([name, 'MOCK']);
      const body = JSON.parse(Integration.IntegrationResponses[0].ResponseTemplates['application/json']);
      expect([body.error.code, Integration.IntegrationResponses[0].StatusCode]).toEqual(['ROUTE_NOT_FOUND', '404']);
    }
  });

  test('what API Gateway refuses by itself comes in the envelope, with the status of its code', () => {
    const { errorCatalogue } = jest.requireActual('../../../lib/base/errors');
    const responses = ofType(dev, 'AWS::ApiGateway::GatewayResponse');
    expect(responses.length).toBe(15);
    for (const [, { ResponseTemplates, StatusCode, ResponseType }] of responses) {
      const { success, error } = JSON.parse(ResponseTemplates['application/json']);
      expect([ResponseType, success, String(errorCatalogue[error.code].status), error.retryable, error.requestId]).toEqual([
        ResponseType,
        false,
        StatusCode,
        errorCatalogue[error.code].retryable,
        '$context.requestId',
      ]);
    }
  });

  test('each route with a body has a model of draft 4, made of its schema', () => {
    const models = ofType(dev, 'AWS::ApiGateway::Model');
    expect(models).toHaveLength(routeList.filter(({ body }) => body !== undefined).length);
    const topup = models.map(([, { Schema }]) => Schema).find(({ title }) => title === 'WalletTopup');
    expect(topup).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      additionalProperties: false,
    });
    expect(Object.keys(topup.properties)).toEqual(['userId', 'assetCode', 'amount', 'idempotencyKey', 'metadata']);
    expect(topup.properties.metadata).toEqual({ type: 'object' });
    // Words of later drafts, and OpenAPI's own: API Gateway refuses a model that has one.
    expect(JSON.stringify(models)).not.toMatch(/"(example|examples|const|\$id|\$defs|prefixItems|propertyNames|discriminator)":/);
  });

  test('a model that changes makes a new deployment, so that what clients export is what is checked', () => {
    const [deployment] = Object.keys(dev.service.findResources('AWS::ApiGateway::Deployment'));
    const { body } = routes['wallet/topup'];
    Object.assign(routes['wallet/topup'], { body: body.extend({ colour: z.string() }) });
    const [changed] = Object.keys(synthesize('dev').service.findResources('AWS::ApiGateway::Deployment'));
    Object.assign(routes['wallet/topup'], { body });
    expect(changed).not.toBe(deployment);
  });

  test('pages of other origins may call only when a setting names them', () => {
    expect(methodsOf(dev).filter(([name]) => name.startsWith('OPTIONS'))).toEqual([]);
    expect(methodsOf(open).filter(([name]) => name.startsWith('OPTIONS')).length).toBeGreaterThan(15);
    const [, topup] = functionsOf(open).find(([, { FunctionName }]) => FunctionName === nameOf('wallet/topup')) as [string, Json];
    expect(topup.Environment.Variables.CORS_ORIGIN).toBe('https://a.example,https://b.example');
    // API Gateway cannot choose among origins; its refusals hold nothing that any page may not read.
    for (const [, { ResponseParameters }] of ofType(open, 'AWS::ApiGateway::GatewayResponse')) {
      expect(ResponseParameters['gatewayresponse.header.access-control-allow-origin']).toBe("'*'");
    }
    expect(JSON.stringify(ofType(dev, 'AWS::ApiGateway::GatewayResponse'))).not.toContain('access-control');
  });
});

describe('the API', () => {
  test('is private: reached through the named endpoints alone', () => {
    dev.service.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: Match.anyValue() },
    });
    const policy = ({ service }: Synthesis) =>
      Object.values(service.findResources('AWS::ApiGateway::RestApi'))[0]?.Properties.Policy.Statement as Json[];
    expect(policy(dev).filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({
        Principal: { AWS: '*' },
        Condition: { StringNotEquals: { 'aws:SourceVpce': [expect.anything()] } },
      }),
    ]);
    // What it allowed a principal of this account, no policy of scopes could take away.
    expect(policy(dev).filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({ Principal: { AWS: '*' }, Condition: { Null: { 'aws:PrincipalArn': 'true' } } }),
    ]);
    const shared = synthesize('dev', ({ api }) => Object.assign(api, { callerAccounts: ['123456789012'] }));
    expect(JSON.stringify(policy(shared).at(-1))).toContain(':iam::123456789012:root');
    dev.data.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('execute-api')])] }),
      PrivateDnsEnabled: true,
    });
    open.service.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
  });

  test('traces, throttles, and logs who asked for what, but no body', () => {
    const [[, stage]] = ofType(prod, 'AWS::ApiGateway::Stage') as [[string, Json]];
    expect(stage).toMatchObject({ TracingEnabled: true, AccessLogSetting: { DestinationArn: expect.anything() } });
    expect(stage.AccessLogSetting.Format).not.toMatch(/body|authorization\b|querystring/i);
    expect(stage.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        DataTraceEnabled: false,
        LoggingLevel: 'ERROR',
        MetricsEnabled: true,
        ThrottlingRateLimit: 5_000,
        ThrottlingBurstLimit: 10_000,
      },
    ]);
  });

  test('stands behind a firewall with the common rules, and a limit per IP and minute by setting', () => {
    const rules = (synthesis: Synthesis) => ofType(synthesis, 'AWS::WAFv2::WebACL')[0]?.[1].Rules.map(({ Name }: Json) => Name);
    expect(rules(dev)).toEqual(['requests-per-ip', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet']);
    expect(rules(open)).not.toContain('requests-per-ip');
    dev.service.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          Statement: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 60, AggregateKeyType: 'IP' } },
          Action: { Block: { CustomResponse: Match.objectLike({ ResponseCode: 429 }) } },
        }),
      ]),
    });
    dev.service.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  });

  test('has a policy for each scope, which names its methods and no other', () => {
    const policies = ofType(dev, 'AWS::IAM::ManagedPolicy');
    for (const scope of ['read', 'write', 'admin']) {
      const [, policy] = policies.find(([, { ManagedPolicyName }]) => ManagedPolicyName === `wallet-dev-${scope}`) as [
        string,
        Json,
      ];
      expect(policy.PolicyDocument.Statement).toHaveLength(1);
      const [{ Action, Resource }] = policy.PolicyDocument.Statement;
      expect(Action).toBe('execute-api:Invoke');
      const named = [Resource].flat().map((arn: Json) => arn['Fn::Join'][1].at(-1));
      const wanted = routeList
        .filter((route) => route.scope === scope)
        .map(({ method, path }) => `/dev/${method}${path.replace(/\{\w+\}/g, '*')}`);
      expect(named.sort()).toEqual(wanted.sort());
    }
  });
});

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
    for (const [, { RetentionInDays }] of [...ofType(dev, 'AWS::Logs::LogGroup'), ...ofType(prod, 'AWS::Logs::LogGroup')]) {
      expect(RetentionInDays).toBeGreaterThan(0);
    }
  });

  test('have the memory, time and concurrency of their rows', () => {
    const of = (synthesis: Synthesis, name: string) =>
      functionsOf(synthesis).find(([, { FunctionName }]) => FunctionName === name)?.[1];
    expect(of(prod, nameOf('wallet/topup', 'prod'))).toMatchObject({ MemorySize: 512, Timeout: 29 });
    expect(of(prod, nameOf('wallet/batch', 'prod'))).toMatchObject({ MemorySize: 1024, ReservedConcurrentExecutions: 20 });
    expect(of(prod, nameOf('jobs/reconcile-full', 'prod'))).toMatchObject({ Timeout: 900, ReservedConcurrentExecutions: 1 });
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
      const more = attached.filter(([, { Roles }]) => JSON.stringify(Roles).includes(`"${id}"`)).map(([, policy]) => policy);
      const statements = [...role.Policies, ...more].flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);
      for (const { Action, Resource, Effect } of statements) {
        const actions = [Action].flat();
        expect([id, actions.filter((action: string) => !LISTED.includes(action))]).toEqual([id, []]);
        const unbounded =
          Effect === 'Allow' && Resource === '*' ? actions.filter((action: string) => !ANY_RESOURCE.test(action)) : [];
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
      expect([id, JSON.stringify(role).includes('DatabaseClusterSecret')]).toEqual([id, id.startsWith('Migrationhooksmigrate')]);
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
    const shifted = aliases.filter(([, { UpdatePolicy }]) => UpdatePolicy?.CodeDeployLambdaAliasUpdate !== undefined);
    expect(shifted).toHaveLength(routeList.length);
    const groups = ofType(prod, 'AWS::CodeDeploy::DeploymentGroup');
    expect(groups).toHaveLength(routeList.length);
    for (const [, group] of groups) {
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [
            { Name: { Ref: expect.stringMatching(/^Alarmsfunction\w+errors/) } },
            { Name: { Ref: expect.stringMatching(/^Alarmsfunction\w+faults/) } },
          ],
        },
        AutoRollbackConfiguration: { Enabled: true, Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) },
      });
    }
    for (const [name, { Integration }] of methodsOf(prod).filter(([name]) => !name.startsWith('ANY'))) {
      expect([name, JSON.stringify(Integration.Uri)]).toEqual([name, expect.stringMatching(/"Ref":"\w+Live[0-9A-F]{8}"/)]);
    }
  });

  test('shift only once the migration has ended well', () => {
    const [[migration, trigger]] = ofType(dev, 'Custom::Trigger') as [[string, Json]];
    expect(trigger).toMatchObject({ InvocationType: 'RequestResponse', Timeout: '900000', ExecuteOnHandlerChange: true });
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
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::Route', 'AWS::EC2::EIP']) {
      expect([type, ofType(dev, type).length + ofType(open, type).length]).toEqual([type, 0]);
    }
    dev.data.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'secretsmanager:*', Resource: Match.objectLike({ 'Fn::Join': Match.anyValue() }) }),
          // Of no secret: without it no password could be renewed.
          Match.objectLike({ Action: 'secretsmanager:GetRandomPassword', Resource: '*' }),
        ],
      },
    });
    dev.data.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    open.data.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
  });

  test('lets groups reach groups: no rule names addresses', () => {
    const rules = [...ofType(dev, 'AWS::EC2::SecurityGroupIngress'), ...ofType(dev, 'AWS::EC2::SecurityGroupEgress')];
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter(([, rule]) => rule.CidrIp !== undefined || rule.CidrIpv6 !== undefined)).toEqual([]);
    for (const [id, group] of ofType(dev, 'AWS::EC2::SecurityGroup')) {
      expect([id, group.SecurityGroupIngress]).toEqual([id, undefined]);
      // Nothing goes out but by a rule; where there is none, the CDK writes one to an address that nobody has, in place of the default, which is all.
      const own = rules.filter(
        ([, { GroupId, DestinationSecurityGroupId: to }]) => to && JSON.stringify(GroupId).includes(`"${id}"`),
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
        minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
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
    dev.service.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'wallet-dev-dead-letters', Threshold: 1 });
  });
});

describe('alarms', () => {
  test('each links to its section of the runbook, which exists', () => {
    const anchors = [...readFileSync('infra/aws/RUNBOOK.md', 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
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
        Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', ...cloudWatch })]),
      },
    });
    dev.service.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', ...cloudWatch })]) },
    });
  });

  test('of two stages in one account know each its own metrics', () => {
    const watched = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::CloudWatch::Alarm').flatMap(([, { Namespace, Dimensions, Metrics }]) =>
        [{ Namespace, Dimensions }, ...(Metrics ?? []).map(({ MetricStat }: Json) => MetricStat?.Metric ?? {})]
          .filter((metric: Json) => metric.Namespace === 'Wallet')
          .map((metric: Json) => metric.Dimensions.find(({ Name }: Json) => Name === 'service').Value),
      );
    expect([new Set(watched(dev)), new Set(watched(prod))]).toEqual([new Set(['wallet-dev']), new Set(['wallet-prod'])]);
    const told = functionsOf(dev)
      .map(([, { Environment }]) => Environment.Variables.SERVICE_NAME)
      .filter(Boolean);
    expect(new Set(told)).toEqual(new Set(['wallet-dev']));
  });

  test('watch what an operator must know', () => {
    const names = ofType(dev, 'AWS::CloudWatch::Alarm').map(([, { AlarmName }]) => AlarmName.replace('wallet-dev-', ''));
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
        new CfnFunction(stack, 'Planted', { code: { zipFile: '' }, role: 'arn:aws:iam::000000000000:role/x', memorySize: 1 }),
    ],
  ])('of %s stop the synthesis at a fault that is planted', (_, rule, plant) => {
    expect(faultsOf((app) => plant(app.node.findChild('wallet-dev') as Stack))).toContain(rule);
  });
});

describe('settings', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));

  test.each([
    ['a stage that is not there', 'test', () => undefined, /cdk\.json has no stage test: stages has dev, prod/],
    ['an unknown setting', 'dev', (dev: Json) => Object.assign(dev, { colour: 1 }), /stages\.dev\.: .*colour/],
    ['tokens of nobody', 'dev', (dev: Json) => Object.assign(dev.api, { auth: 'jwt' }), /stages\.dev\.api\.jwt: is required/],
    ['too few a minute', 'dev', (dev: Json) => Object.assign(dev.api, { requestsPerMinutePerIp: 5 }), /must be 0 or at least 10/],
    [
      'a retention that is none',
      'prod',
      (_: Json, prod: Json) => Object.assign(prod, { logRetentionDays: 31 }),
      /logRetentionDays: must be/,
    ],
  ])('%s is one line that names it', (_, name, change, message) => {
    const stages = structuredClone(context.stages);
    change(stages.dev, stages.prod);
    expect(() => readStage(stages, name)).toThrow(message);
  });
});

test('the templates are those that were looked at last (npm test -- -u writes them)', () => {
  expect(withoutHashes(prod.data)).toMatchSnapshot('data');
  expect(withoutHashes(prod.service)).toMatchSnapshot('service');
});
