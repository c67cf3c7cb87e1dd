import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { routeList, routes } from '../../../functions/routes';
import { shadowsOf } from '../../../infra/aws/api';
import { createGateway } from '../../../infra/local/gateway';
import { SCOPES } from '../../../lib/contract/scopes';
import {
  functionsOf,
  type Json,
  methodsOf,
  nameOf,
  ofType,
  type Synthesis,
  synthesize,
  synthesizeOpen,
} from './synthesis';

const dev = synthesize('dev');
const prod = synthesize('prod');
const open = synthesizeOpen();

/** GETs of history for users who are called like a posting: see below. */
const shadows = routeList.flatMap((route) => shadowsOf(route).map((path) => `${route.method} ${path}`));
/** The console has no row: it is no part of the API. */
const CONSOLE = ['GET /console', 'GET /console/{file+}'];
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
      const [, indent = '', part = '', methods = ''] =
        /^(.*?)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
      const path = (above[indent.length / 4 - 1] ?? '') + part;
      above[indent.length / 4] = path;
      return methods === ''
        ? []
        : methods.split(', ').map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    })
    .filter((route) => !/^(OPTIONS|HEAD) |^GET \/(docs|openapi\.json)/.test(route))
    .sort();
}

describe('routes', () => {
  const table = routeList.map(({ method, path }) => `${method} ${path}`).sort();

  test('the template, the local gateway and the OpenAPI document have the same routes', async () => {
    const logger = { http: () => undefined, error: () => undefined } as never;
    const gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger });
    const served = routesServed(gateway.printRoutes({ commonPrefix: false }));
    await gateway.close();
    const { paths } = JSON.parse(readFileSync('generated/openapi.json', 'utf8')) as {
      paths: Record<string, object>;
    };
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect({ template: routesOf(dev), gateway: served, document: documented.sort() }).toEqual({
      template: table,
      gateway: table,
      document: table,
    });
    expect([routesOf(prod), routesOf(open)]).toEqual([table, [...table, ...CONSOLE].sort()]);
  });

  test('a user id may equal the last word of another path, and its methods still work', () => {
    expect(shadows).toEqual([
      ...[
        'topup',
        'bonus',
        'purchase',
        'transfer',
        'refund',
        'reversal',
        'adjustment',
        'exchange',
        'batch',
      ].map((name) => `GET /api/transactions/${name}`),
      ...['PUT', 'GET', 'PATCH'].map((method) => `${method} /api/accounts/batch`),
    ]);
    const methods = new Map(methodsOf(dev));
    for (const shadow of shadows) {
      const shadowed = methods.get(shadow.replace(/[^/]+$/, '{userId}'));
      expect([shadow, methods.get(shadow)?.Integration.Uri, methods.get(shadow)?.AuthorizationType]).toEqual([
        shadow,
        shadowed?.Integration.Uri,
        'AWS_IAM',
      ]);
    }
  });

  test('callers sign with IAM or bring a token, except for the health check and the console’s page', () => {
    const auth = (synthesis: Synthesis) =>
      new Map(methodsOf(synthesis).map(([name, { AuthorizationType }]) => [name, AuthorizationType]));
    for (const { method, path, scope } of routeList) {
      const name = `${method} ${path}`;
      expect([name, auth(dev).get(name), auth(open).get(name)]).toEqual(
        scope === 'public' ? [name, 'NONE', 'NONE'] : [name, 'AWS_IAM', 'CUSTOM'],
      );
    }
    expect(CONSOLE.map((name) => auth(open).get(name))).toEqual(['NONE', 'NONE']);
    expect(routeList.filter(({ scope }) => scope === 'public').map(({ id }) => id)).toEqual([
      'system/health',
    ]);
    open.service.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'TOKEN',
      AuthorizerResultTtlInSeconds: 60,
    });
    dev.service.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
  });

  test('API Gateway itself answers an unknown route with 404 in the envelope', () => {
    const unknown = methodsOf(dev).filter(([name]) => name.startsWith('ANY '));
    expect(unknown.map(([name]) => name)).toEqual(
      expect.arrayContaining(['ANY ', 'ANY /{unknown+}', 'ANY /api/balance/{userId}']),
    );
    for (const [name, { Integration }] of unknown) {
      expect([name, Integration.Type]).toEqual([name, 'MOCK']);
      const body = JSON.parse(Integration.IntegrationResponses[0].ResponseTemplates['application/json']);
      expect([body.error.code, Integration.IntegrationResponses[0].StatusCode]).toEqual([
        'ROUTE_NOT_FOUND',
        '404',
      ]);
    }
  });

  test('API Gateway’s own refusals use the envelope and the status of their code', () => {
    const { errorCatalogue } = jest.requireActual('../../../lib/base/errors');
    const responses = ofType(dev, 'AWS::ApiGateway::GatewayResponse');
    expect(responses.length).toBe(15);
    for (const [, { ResponseTemplates, StatusCode, ResponseType }] of responses) {
      const { success, error } = JSON.parse(ResponseTemplates['application/json']);
      expect([
        ResponseType,
        success,
        String(errorCatalogue[error.code].status),
        error.retryable,
        error.requestId,
      ]).toEqual([
        ResponseType,
        false,
        StatusCode,
        errorCatalogue[error.code].retryable,
        '$context.requestId',
      ]);
    }
  });

  test('each route with a body has a draft-4 model that is made from its schema', () => {
    const models = ofType(dev, 'AWS::ApiGateway::Model');
    expect(models).toHaveLength(routeList.filter(({ body }) => body !== undefined).length);
    const topup = models.map(([, { Schema }]) => Schema).find(({ title }) => title === 'WalletTopup');
    expect(topup).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      additionalProperties: false,
    });
    const { body } = routes['wallet/topup'];
    expect(Object.keys(topup.properties)).toEqual(Object.keys(body.shape));
    expect(topup.properties.metadata).toEqual({ type: 'object' });
    // The header may hold the key in its place.
    expect(topup.required).toEqual(['userId', 'assetCode', 'amount']);
    // Words of later drafts, and OpenAPI's own: API Gateway refuses a model that has one.
    expect(JSON.stringify(models)).not.toMatch(
      /"(\$ref|example|examples|const|\$id|\$defs|prefixItems|propertyNames|discriminator)":/,
    );
  });

  test('a changed model makes a new deployment, so the exported model is the one that is checked', () => {
    const [deployment] = Object.keys(dev.service.findResources('AWS::ApiGateway::Deployment'));
    const { body } = routes['wallet/topup'];
    Object.assign(routes['wallet/topup'], { body: body.extend({ colour: z.string() }) });
    const [changed] = Object.keys(synthesize('dev').service.findResources('AWS::ApiGateway::Deployment'));
    Object.assign(routes['wallet/topup'], { body });
    expect(changed).not.toBe(deployment);
  });

  test('pages of other origins may call only when a setting names their origin', () => {
    expect(methodsOf(dev).filter(([name]) => name.startsWith('OPTIONS'))).toEqual([]);
    expect(methodsOf(open).filter(([name]) => name.startsWith('OPTIONS')).length).toBeGreaterThan(15);
    const [, topup] = functionsOf(open).find(
      ([, { FunctionName }]) => FunctionName === nameOf('wallet/topup'),
    ) as [string, Json];
    expect(topup.Environment.Variables.CORS_ORIGIN).toBe('https://a.example,https://b.example');
    // API Gateway cannot choose among origins; its refusals hold nothing that any page may not read.
    for (const [, { ResponseParameters }] of ofType(open, 'AWS::ApiGateway::GatewayResponse')) {
      expect(ResponseParameters['gatewayresponse.header.access-control-allow-origin']).toBe("'*'");
    }
    expect(JSON.stringify(ofType(dev, 'AWS::ApiGateway::GatewayResponse'))).not.toContain('access-control');
  });
});

describe('the API', () => {
  test('is private and can be reached only through the named endpoints', () => {
    dev.service.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: Match.anyValue() },
    });
    const policy = ({ service }: Synthesis) =>
      Object.values(service.findResources('AWS::ApiGateway::RestApi'))[0]?.Properties.Policy
        .Statement as Json[];
    expect(policy(dev).filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({
        Principal: { AWS: '*' },
        Condition: { StringNotEquals: { 'aws:SourceVpce': [expect.anything()] } },
      }),
    ]);
    // What it allowed a principal of this account, no policy of scopes could take away.
    expect(policy(dev).filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Principal: { AWS: '*' },
        Condition: { Null: { 'aws:PrincipalArn': 'true' } },
      }),
    ]);
    const shared = synthesize('dev', ({ api }) => Object.assign(api, { callerAccounts: ['123456789012'] }));
    expect(JSON.stringify(policy(shared).at(-1))).toContain(':iam::123456789012:root');
    dev.data.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: Match.objectLike({
        'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('execute-api')])],
      }),
      PrivateDnsEnabled: true,
    });
    open.service.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  test('traces and throttles requests, and logs them without their bodies', () => {
    const [[, stage]] = ofType(prod, 'AWS::ApiGateway::Stage') as [[string, Json]];
    expect(stage).toMatchObject({
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: expect.anything() },
    });
    const [[, { SamplingRule }]] = ofType(prod, 'AWS::XRay::SamplingRule') as [[string, Json]];
    expect(SamplingRule).toMatchObject({
      ServiceName: 'wallet-prod/prod',
      ServiceType: 'AWS::ApiGateway::Stage',
      ReservoirSize: 1,
      FixedRate: 0.01,
    });
    expect(stage.AccessLogSetting.Format).not.toMatch(/body|authorization\b|querystring/i);
    const watched = { DataTraceEnabled: false, LoggingLevel: 'ERROR', MetricsEnabled: true };
    expect(stage.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ...watched,
        ThrottlingRateLimit: 5_000,
        ThrottlingBurstLimit: 10_000,
      },
      ...routeList.map(({ method, path, requestsPerSecond: limit }) => ({
        HttpMethod: method,
        ResourcePath: `/${path.replaceAll('/', '~1')}`,
        ...watched,
        ThrottlingRateLimit: limit ?? 5_000,
        ThrottlingBurstLimit: limit ?? 10_000,
      })),
    ]);
  });

  test('stands behind a firewall with the common rules and, if a setting asks for it, a limit per IP', () => {
    const rules = (synthesis: Synthesis) =>
      ofType(synthesis, 'AWS::WAFv2::WebACL')[0]?.[1].Rules.map(({ Name }: Json) => Name);
    expect(rules(dev)).toEqual([
      'requests-per-ip',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
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

  test('has no firewall rule that blocks by a body, and its firewall log hides paths and queries', () => {
    // AWS WAF developer guide, "AWS Managed Rules rule groups list": the rules of the two groups that look at
    // bodies.
    const ofBodies = [
      'SizeRestrictions_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
      'CrossSiteScripting_BODY',
      'JavaDeserializationRCE_BODY',
      'Log4JRCE_BODY',
    ];
    const counted = ofType(prod, 'AWS::WAFv2::WebACL').flatMap(([, { Rules }]) =>
      Rules.flatMap(({ Statement }: Json) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []),
    );
    expect(counted).toEqual(
      expect.arrayContaining(ofBodies.map((Name) => ({ Name, ActionToUse: { Count: {} } }))),
    );
    prod.service.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([{ UriPath: {} }, { QueryString: {} }]),
    });
  });

  describe('has a policy for each scope', () => {
    const statements = (scope: string): { Effect: string; Action: string; paths: string[] }[] => {
      const [, policy] = ofType(dev, 'AWS::IAM::ManagedPolicy').find(
        ([, { ManagedPolicyName }]) => ManagedPolicyName === `wallet-dev-${scope}`,
      ) as [string, Json];
      return policy.PolicyDocument.Statement.map(({ Effect, Action, Resource }: Json) => ({
        Effect,
        Action,
        paths: [Resource].flat().map((arn: Json) => arn['Fn::Join'][1].at(-1)),
      }));
    };
    const matches = (pattern: string, path: string) =>
      new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(path);

    test.each(['read', 'spend', 'grant', 'write', 'events', 'admin'])(
      'wallet:%s opens exactly the methods of its scope',
      (scope) => {
        const found = statements(scope);
        expect(found.every(({ Action }) => Action === 'execute-api:Invoke')).toBe(true);
        const opened = routeList.filter(({ method, path }) => {
          const request = `/dev/${method}${path.replace(/\{\w+\}/g, 'x')}`;
          const effects = found
            .filter(({ paths }) => paths.some((pattern) => matches(pattern, request)))
            .map(({ Effect }) => Effect);
          return effects.length > 0 && effects.every((effect) => effect === 'Allow');
        });
        // IAM cannot see what a batch holds: it is for those who may do all of it.
        const wanted = routeList.filter(
          (route) =>
            SCOPES[route.scope].includes(`wallet:${scope}`) &&
            (route.id !== 'wallet/batch' || ['write', 'admin'].includes(scope)),
        );
        expect(opened.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
      },
    );
  });
});
