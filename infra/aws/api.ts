import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  type IAuthorizer,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  MockIntegration,
  Model,
  PassthroughBehavior,
  ResponseType,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { type Route, routeList } from '../../functions/routes';
import { type ErrorCode, errorCatalogue } from '../../lib/base/errors';
import { schemaOf } from '../../lib/contract/openapi';
import type { WalletFunction } from './function';
import type { Network } from './network';
import type { Stage } from './stage';

/** Seconds for which API Gateway keeps the authorizer's answer to a token: as long may an expired or revoked one live on. */
const AUTHORIZER_CACHE = Duration.seconds(60);
/** Headers that pages of another origin may send. */
const ALLOWED_HEADERS = ['Content-Type', 'Idempotency-Key', 'Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];

/** What a body may say that it is, when nobody will read it. */
const ANY_CONTENT = [
  'application/json',
  'text/plain',
  'text/html',
  'text/xml',
  'application/xml',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
];

/** What API Gateway refuses by itself, in the words of the contract. A status of its own is replaced by the catalogue's. */
const OWN_REFUSALS: [ResponseType, ErrorCode][] = [
  [ResponseType.UNAUTHORIZED, 'UNAUTHENTICATED'],
  // Of a known route; unknown ones are answered by `refuseUnknown`.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 'UNAUTHENTICATED'],
  [ResponseType.EXPIRED_TOKEN, 'UNAUTHENTICATED'],
  [ResponseType.INVALID_SIGNATURE, 'UNAUTHENTICATED'],
  [ResponseType.ACCESS_DENIED, 'FORBIDDEN'],
  [ResponseType.WAF_FILTERED, 'FORBIDDEN'],
  [ResponseType.RESOURCE_NOT_FOUND, 'ROUTE_NOT_FOUND'],
  [ResponseType.THROTTLED, 'RATE_LIMITED'],
  [ResponseType.QUOTA_EXCEEDED, 'RATE_LIMITED'],
  [ResponseType.REQUEST_TOO_LARGE, 'PAYLOAD_TOO_LARGE'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 'UNSUPPORTED_MEDIA_TYPE'],
  [ResponseType.BAD_REQUEST_BODY, 'MALFORMED_JSON'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 'VALIDATION_ERROR'],
  [ResponseType.DEFAULT_4XX, 'VALIDATION_ERROR'],
  [ResponseType.DEFAULT_5XX, 'INTERNAL'],
];

export interface ApiProps {
  stage: Stage;
  network: Network;
  /** By route id. */
  functions: ReadonlyMap<string, WalletFunction>;
  /** Of tokens, when the stage asks for them. */
  authorizer: WalletFunction | undefined;
}

/** The route table over HTTP: API Gateway REST, private unless the stage says otherwise. */
export class Api extends Construct {
  readonly api: RestApi;

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
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies, which are users' data, stay out of every log.
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: accessLogFormat(),
        throttlingRateLimit: stage.api.throttle.requestsPerSecond,
        throttlingBurstLimit: stage.api.throttle.burst,
      },
    });
    for (const [type, code] of OWN_REFUSALS) {
      this.tellAs(type, code);
    }
    const authorizer = this.tokenAuthorizer();
    for (const route of routeList) {
      this.addRoute(route, authorizer);
    }
    this.refuseUnknown();
  }

  private endpoint() {
    const { stage, network } = this.props;
    if (network.apiEndpoint === undefined) {
      return { endpointTypes: [EndpointType.REGIONAL] };
    }
    const allowed = [network.apiEndpoint.vpcEndpointId, ...stage.api.callerVpcEndpointIds];
    const invoke = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };
    return {
      endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [network.apiEndpoint] },
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement(invoke),
          new PolicyStatement({
            ...invoke,
            effect: Effect.DENY,
            conditions: { StringNotEquals: { 'aws:SourceVpce': allowed } },
          }),
        ],
      }),
    };
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

  private addRoute(route: Route, authorizer: IAuthorizer | undefined): void {
    const { functions } = this.props;
    const handler = functions.get(route.id);
    if (handler === undefined) {
      throw new Error(`${route.id} has no function`);
    }
    const resource = this.api.root.resourceForPath(route.path);
    resource.addMethod(route.method, new LambdaIntegration(handler.alias, { allowTestInvoke: false }), {
      operationName: route.id,
      ...(route.scope === 'public'
        ? { authorizationType: AuthorizationType.NONE }
        : authorizer === undefined
          ? { authorizationType: AuthorizationType.IAM }
          : { authorizationType: AuthorizationType.CUSTOM, authorizer }),
      ...(route.body && { requestModels: { 'application/json': this.model(route) } }),
    });
    if (this.props.stage.api.corsOrigins.length > 0 && !resource.node.tryFindChild('OPTIONS')) {
      resource.addCorsPreflight({
        allowOrigins: this.props.stage.api.corsOrigins,
        allowMethods: ['GET', 'POST', 'PUT', 'PATCH'],
        allowHeaders: ALLOWED_HEADERS,
      });
    }
  }

  /** The body's schema as API Gateway exports it to clients. The handler checks bodies: API Gateway knows neither the codes nor the header for the key. */
  private model(route: Route): Model {
    const schema = schemaOf(route.body as z.ZodObject, 'input', 'draft-4');
    const title = route.id.replace(/(^|[/-])(\w)/g, (_match, _separator, letter: string) => letter.toUpperCase());
    const model = new Model(this, `${title}Request`, {
      restApi: this.api,
      contentType: 'application/json',
      schema: {},
    });
    // The L2 model knows the names of draft 4 only in part, and drops what it does not know.
    Object.assign(model.node.defaultChild as object, {
      schema: { $schema: 'http://json-schema.org/draft-04/schema#', title, ...schema },
    });
    return model;
  }

  private tellAs(type: ResponseType, code: ErrorCode): void {
    const { status } = errorCatalogue[code];
    this.api.addGatewayResponse(`Refusal-${type.responseType}`, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'x-request-id': 'context.requestId',
        'cache-control': "'no-store'",
        'x-content-type-options': "'nosniff'",
        ...(status === 429 && { 'retry-after': "'1'" }),
        ...(this.props.stage.api.corsOrigins.length === 1 && {
          'access-control-allow-origin': `'${this.props.stage.api.corsOrigins[0]}'`,
        }),
      },
      templates: { 'application/json': envelope(code) },
    });
  }

  /**
   * Every path and method that the table does not know is 404, without a function. Otherwise API Gateway answers "missing authentication token",
   * which it also answers to those who did not sign.
   */
  private refuseUnknown(): void {
    const unknown = new MockIntegration({
      // A mock reads its status from the body, so it needs a template for whatever the body says it is; anything rarer is 415.
      requestTemplates: Object.fromEntries(ANY_CONTENT.map((type) => [type, '{"statusCode": 404}'])),
      passthroughBehavior: PassthroughBehavior.NEVER,
      integrationResponses: [
        {
          statusCode: '404',
          responseTemplates: { 'application/json': envelope('ROUTE_NOT_FOUND') },
          responseParameters: { 'method.response.header.x-request-id': 'context.requestId' },
        },
      ],
    });
    const refuse = (resource: IResource) =>
      resource.addMethod('ANY', unknown, {
        authorizationType: AuthorizationType.NONE,
        methodResponses: [{ statusCode: '404', responseParameters: { 'method.response.header.x-request-id': true } }],
      });
    const known = this.api.node.findAll().filter((child): child is Construct & IResource => isResource(child));
    for (const resource of [...known, this.api.root.addResource('{unknown+}')]) {
      refuse(resource);
    }
  }
}

function isResource(child: unknown): boolean {
  return typeof (child as IResource).addMethod === 'function' && 'path' in (child as object);
}

/** An error's body, as a template of API Gateway. */
function envelope(code: ErrorCode): string {
  const { meaning, retryable } = errorCatalogue[code];
  return JSON.stringify({ success: false, error: { code, message: meaning, retryable, requestId: '$context.requestId' } });
}

/** Who asked for what and how it went; nothing of the body, the query or the token. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      traceId: AccessLogField.contextXrayTraceId(),
      time: AccessLogField.contextRequestTimeEpoch(),
      ip: AccessLogField.contextIdentitySourceIp(),
      caller: AccessLogField.contextIdentityUserArn(),
      principal: AccessLogField.contextAuthorizerPrincipalId(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      bytes: AccessLogField.contextResponseLength(),
      latencyMillis: AccessLogField.contextResponseLatency(),
      integrationMillis: AccessLogField.contextIntegrationLatency(),
      error: AccessLogField.contextErrorMessage(),
    }),
  );
}
