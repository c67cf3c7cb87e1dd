import {
  AuthorizationType,
  EndpointType,
  type IAuthorizer,
  Integration,
  IntegrationType,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  Model,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import {
  AccountPrincipal,
  AnyPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { type Route, routeList } from '../../functions/routes';
import { modelOf } from '../../lib/contract/models';
import { operationIdOf } from '../../lib/contract/openapi';
import { accessLogFormat } from './access-log';
import { functionOf, type WalletFunction } from './function';
import type { Network } from './network';
import { addRefusals } from './refusals';
import { type Stage, serviceName, throttleOf } from './stage';

/**
 * Seconds for which API Gateway keeps the authorizer's answer to a token: as long may an expired or revoked
 * one live on.
 */
const AUTHORIZER_CACHE = Duration.seconds(60);
/** Headers that pages of another origin may send. */
const ALLOWED_HEADERS = [
  'Content-Type',
  'Idempotency-Key',
  'Authorization',
  'X-Amz-Date',
  'X-Amz-Security-Token',
];

/** The console, with what lies below it. */
const CONSOLE_PATHS = ['/console', '/console/{file+}'];

/** Of every method; what names a method sets all of its options. */
const WATCHED = {
  metricsEnabled: true,
  loggingLevel: MethodLoggingLevel.ERROR,
  // Bodies, which are users' data, stay out of every log.
  dataTraceEnabled: false,
};

export interface ApiProps {
  stage: Stage;
  network: Network;
  /** By route id. */
  functions: ReadonlyMap<string, WalletFunction>;
  /** Of tokens, when the stage asks for them. */
  authorizer: WalletFunction | undefined;
  /** Serves the console, when the stage asks for it. */
  console: WalletFunction | undefined;
}

/** The route table over HTTP: API Gateway REST, private unless the stage says otherwise. */
export class Api extends Construct {
  readonly api: RestApi;
  private readonly invoker: Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiProps,
  ) {
    super(scope, id);
    const { stage } = props;
    const accessLog = new LogGroup(this, 'AccessLog', { retention: stage.logRetentionDays as RetentionDays });
    this.api = new RestApi(this, 'Rest', {
      restApiName: `wallet-${stage.name}`,
      description: 'A double-entry wallet for game platforms',
      ...this.endpoint(),
      cloudWatchRole: true,
      deployOptions: {
        stageName: stage.name,
        tracingEnabled: true,
        ...WATCHED,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: accessLogFormat(),
        throttlingRateLimit: stage.api.throttle.requestsPerSecond,
        throttlingBurstLimit: stage.api.throttle.burst,
        methodOptions: methodOptions(stage),
      },
    });
    this.invoker = new Role(this, 'Invoker', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      description: `wallet-${stage.name}: calls the functions of the routes`,
      inlinePolicies: {
        invoke: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:InvokeFunction'],
              resources: [
                ...routeList.map(({ id }) => functionOf(props.functions, id)),
                ...(props.console ? [props.console] : []),
              ].map(({ alias }) => alias.functionArn),
            }),
          ],
        }),
      },
    });
    this.sampleTraces();
    const authorizer = this.tokenAuthorizer();
    for (const route of routeList) {
      this.addRoute(route, authorizer);
    }
    this.addConsole();
    addRefusals(this.api, stage.api.corsOrigins.length > 0);
  }

  /** In place of X-Ray's own rule, which is one for the whole account. */
  private sampleTraces(): void {
    const { name, api } = this.props.stage;
    new CfnSamplingRule(this, 'Traces', {
      samplingRule: {
        ruleName: serviceName(name),
        version: 1,
        priority: 100,
        // API Gateway calls itself so.
        serviceName: `${serviceName(name)}/${name}`,
        serviceType: 'AWS::ApiGateway::Stage',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
        reservoirSize: api.traces.perSecond,
        fixedRate: api.traces.share,
      },
    });
  }

  private endpoint() {
    const { apiEndpoint } = this.props.network;
    return apiEndpoint === undefined
      ? { endpointTypes: [EndpointType.REGIONAL] }
      : {
          endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [apiEndpoint] },
          policy: this.resourcePolicy(apiEndpoint),
        };
  }

  /**
   * Who may reach a private API, and whom else it lets in. Of an account's own principals it says nothing:
   * what it allowed them, they would need no policy for
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html, table
   * A). Those without a signature are let through to the methods that ask for none, and to the authorizer.
   */
  private resourcePolicy(apiEndpoint: InterfaceVpcEndpoint): PolicyDocument {
    const { callerAccounts, callerVpcEndpointIds } = this.props.stage.api;
    const invoke = { actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };
    const statements = [
      new PolicyStatement({
        ...invoke,
        principals: [new AnyPrincipal()],
        conditions: { Null: { 'aws:PrincipalArn': 'true' } },
      }),
      new PolicyStatement({
        ...invoke,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: {
          StringNotEquals: { 'aws:SourceVpce': [apiEndpoint.vpcEndpointId, ...callerVpcEndpointIds] },
        },
      }),
    ];
    if (callerAccounts.length > 0) {
      // Of another account both policies must allow: this one opens the door, its own administrator hands out
      // the key.
      statements.push(
        new PolicyStatement({
          ...invoke,
          principals: callerAccounts.map((account) => new AccountPrincipal(account)),
        }),
      );
    }
    return new PolicyDocument({ statements });
  }

  private tokenAuthorizer(): IAuthorizer | undefined {
    const { authorizer } = this.props;
    return (
      authorizer &&
      new TokenAuthorizer(this, 'Tokens', {
        handler: authorizer.alias,
        // What does not even look like a token is refused without a call.
        validationRegex: '^[Bb]earer +[^ ]+$',
        resultsCacheTtl: AUTHORIZER_CACHE,
      })
    );
  }

  /** With a role of API Gateway's own: else each method needs a permission at its function, a resource more. */
  private integrationOf({ alias }: WalletFunction): Integration {
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      integrationHttpMethod: 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${alias.functionArn}/invocations`,
      options: { credentialsRole: this.invoker },
    });
  }

  /** A browser asks for the page before it has a token; page and files tell nothing of anybody. */
  private addConsole(): void {
    const integration = this.props.console && this.integrationOf(this.props.console);
    for (const path of integration ? CONSOLE_PATHS : []) {
      const options = { authorizationType: AuthorizationType.NONE };
      this.api.root.resourceForPath(path).addMethod('GET', integration, options);
    }
  }

  private addRoute(route: Route, authorizer: IAuthorizer | undefined): void {
    const integration = this.integrationOf(functionOf(this.props.functions, route.id));
    const options = {
      operationName: operationIdOf(route),
      ...(route.scope === 'public'
        ? { authorizationType: AuthorizationType.NONE }
        : authorizer === undefined
          ? { authorizationType: AuthorizationType.IAM }
          : { authorizationType: AuthorizationType.CUSTOM, authorizer }),
      ...(route.body && { requestModels: { 'application/json': this.model(route, route.body) } }),
    };
    for (const path of [route.path, ...shadowsOf(route)]) {
      const resource = this.api.root.resourceForPath(path);
      resource.addMethod(route.method, integration, options);
      if (this.props.stage.api.corsOrigins.length > 0 && !resource.node.tryFindChild('OPTIONS')) {
        resource.addCorsPreflight({
          allowOrigins: this.props.stage.api.corsOrigins,
          allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
          allowHeaders: ALLOWED_HEADERS,
        });
      }
    }
  }

  /**
   * The body's schema as API Gateway exports it to clients. The handler checks bodies: API Gateway knows
   * neither the codes nor the header for the key.
   */
  private model(route: Route, body: z.ZodObject): Model {
    const schema = modelOf(body);
    const title = operationIdOf(route).replace(/^./, (letter) => letter.toUpperCase());
    const model = new Model(this, `${title}Request`, {
      restApi: this.api,
      contentType: 'application/json',
      schema: {},
    });
    // The L2 model knows the names of draft 4 only in part, and drops what it does not know.
    Object.assign(model.node.defaultChild as object, {
      schema: { $schema: 'http://json-schema.org/draft-04/schema#', title, ...schema },
    });
    // The deployment would not notice: it looks at the L2 model alone.
    this.api.latestDeployment?.addToLogicalId({ [title]: schema });
    return model;
  }
}

/**
 * Paths of other routes that a parameter of this one also stands for: a user may be called `topup`. API
 * Gateway takes the path without a parameter, so this route's method must be there as well. Handlers read
 * parameters from the path in any case (lib/http/event.ts).
 */
export function shadowsOf(route: Pick<Route, 'path'>): string[] {
  const pattern = new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/{}]+')}$`);
  return [...new Set(routeList.map(({ path }) => path))].filter(
    (path) => path !== route.path && pattern.test(path),
  );
}

/** Of each route, so that one can be stopped by itself (postings.ts). */
function methodOptions(stage: Stage): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    routeList.map((route) => {
      const { rate, burst } = throttleOf(route, stage);
      return [
        `${route.path}/${route.method}`,
        { ...WATCHED, throttlingRateLimit: rate, throttlingBurstLimit: burst },
      ];
    }),
  );
}
