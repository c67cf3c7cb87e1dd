import {
  AuthorizationType,
  type IResource,
  MockIntegration,
  PassthroughBehavior,
  ResponseType,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { type ErrorCode, errorCatalogue } from '../../lib/base/errors';
import { EXPOSED_HEADERS } from '../../lib/contract/common';

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

/**
 * Refusals say nothing that a page of any origin may not read, and API Gateway cannot choose among origins.
 */
const READABLE_BY_PAGES = {
  'access-control-allow-origin': "'*'",
  'access-control-expose-headers': `'${EXPOSED_HEADERS.join(',')}'`,
};

/**
 * What API Gateway refuses by itself, in the words of the contract. A status of its own is replaced by the
 * catalogue's.
 */
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

/**
 * Puts what API Gateway answers by itself into the envelope of the contract. After all routes: it answers for
 * every path that they have.
 */
export function addRefusals(api: RestApi, toPages: boolean): void {
  const headers = toPages ? READABLE_BY_PAGES : {};
  for (const [type, code] of OWN_REFUSALS) {
    const { status } = errorCatalogue[code];
    api.addGatewayResponse(`Refusal-${type.responseType}`, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'x-request-id': 'context.requestId',
        'cache-control': "'no-store'",
        'x-content-type-options': "'nosniff'",
        ...(status === 429 && { 'retry-after': "'1'" }),
        ...headers,
      },
      templates: { 'application/json': envelope(code) },
    });
  }
  refuseUnknown(api, { 'x-request-id': 'context.requestId', ...headers });
}

/**
 * Every path and method that the table does not know is 404, without a function. Otherwise API Gateway
 * answers "missing authentication token", which it also answers to those who did not sign.
 */
function refuseUnknown(api: RestApi, headers: Record<string, string>): void {
  const mapped = Object.entries(headers).map(([name, value]): [string, string] => [
    `method.response.header.${name}`,
    value,
  ]);
  const unknown = new MockIntegration({
    // A mock reads its status from the body, so it needs a template for whatever the body says it is;
    // anything rarer is 415.
    requestTemplates: Object.fromEntries(ANY_CONTENT.map((type) => [type, '{"statusCode": 404}'])),
    passthroughBehavior: PassthroughBehavior.NEVER,
    integrationResponses: [
      {
        statusCode: '404',
        responseTemplates: { 'application/json': envelope('ROUTE_NOT_FOUND') },
        responseParameters: Object.fromEntries(mapped),
      },
    ],
  });
  const known = api.node.findAll().filter(isResource);
  for (const resource of [...known, api.root.addResource('{unknown+}')]) {
    resource.addMethod('ANY', unknown, {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [
        { statusCode: '404', responseParameters: Object.fromEntries(mapped.map(([name]) => [name, true])) },
      ],
    });
  }
}

function isResource(child: IConstruct): child is IConstruct & IResource {
  return 'addMethod' in child && 'path' in child;
}

/** An error's body, as a template of API Gateway. */
function envelope(code: ErrorCode): string {
  const { meaning, retryable } = errorCatalogue[code];
  return JSON.stringify({
    success: false,
    error: { code, message: meaning, retryable, requestId: '$context.requestId' },
  });
}
