import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Statement } from 'aws-lambda';
import type { JwtConfig } from '../app/config';
import { pathPattern } from '../base/paths';

/** What the authorizer needs of a route's row. */
export interface GuardedRow {
  method: string;
  path: string;
  scope: string;
}

export type Authorizer = (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What a token's scopes are called: wallet:read, wallet:write, wallet:admin. None of them includes another. */
const SCOPE_PREFIX = 'wallet:';

/**
 * API Gateway's TOKEN authorizer for access tokens of Cognito or any OpenID Connect issuer. Its policy names every method of the token's scopes,
 * not only the one that was asked for, because API Gateway keeps it for the token's next requests. Signing keys are fetched once and kept.
 * A token that is not accepted throws "Unauthorized", which API Gateway answers with 401; keys that cannot be fetched throw what happened (500).
 */
export function authorizer(rows: readonly GuardedRow[], config: JwtConfig): Authorizer {
  const verifier = JwtVerifier.create({
    issuer: config.issuer,
    // Cognito's access tokens have none, but a client_id: see checkClaims.
    audience: null,
    ...(config.jwksUri !== undefined && { jwksUri: config.jwksUri }),
    customJwtCheck: ({ payload }) => checkClaims(payload, config.audiences),
  });
  return async ({ authorizationToken, methodArn }) => {
    const token = /^Bearer +(\S+)$/i.exec(authorizationToken)?.[1] ?? '';
    try {
      return policyFor(await verifier.verify(token), rows, methodArn);
    } catch (error) {
      if (error instanceof FetchError) {
        throw error;
      }
      throw new Error('Unauthorized', { cause: error });
    }
  };
}

/** The library has checked signature, algorithm, issuer and times, but takes a token that never expires, and knows one claim of audience. */
function checkClaims(payload: JwtPayload, audiences: string[]): void {
  if (typeof payload.exp !== 'number') {
    throw new Error('the token has no expiry');
  }
  const { aud, token_use: use, client_id: client } = payload;
  const audience = aud === undefined && use === 'access' ? client : aud;
  if (![audience].flat().some((name) => typeof name === 'string' && audiences.includes(name))) {
    throw new Error('the token was made for another audience');
  }
  if (principalIn(payload) === undefined) {
    throw new Error('the token names nobody');
  }
}

function principalIn({ sub, client_id: client }: JwtPayload): string | undefined {
  return [sub, client].find((name): name is string => typeof name === 'string' && name !== '');
}

/** `scope` is a list separated by spaces (RFC 9068); some issuers write `scp`, also as an array. */
function scopesIn({ scope, scp }: JwtPayload): string[] {
  return [scope, scp].flat().flatMap((value) => (typeof value === 'string' ? value.split(' ') : []));
}

function policyFor(payload: JwtPayload, rows: readonly GuardedRow[], methodArn: string): APIGatewayAuthorizerResult {
  const scopes = scopesIn(payload);
  const stage = methodArn.split('/').slice(0, 2).join('/');
  const methods = (ofScope: (scope: string) => boolean): string[] =>
    rows
      .filter(({ scope }) => scope !== 'public' && ofScope(scope))
      .map(({ method, path }) => `${stage}/${method}${pathPattern(path)}`);
  const mayCall = (scope: string): boolean => scopes.includes(SCOPE_PREFIX + scope);
  // What is not allowed is denied by name: the resource policy of a private API may allow what this one is silent about.
  const statement = (Effect: 'Allow' | 'Deny', Resource: string[]): Statement[] =>
    Resource.length > 0 ? [{ Action: 'execute-api:Invoke', Effect, Resource }] : [];
  return {
    principalId: principalIn(payload) ?? '',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        ...statement('Allow', methods(mayCall)),
        ...statement(
          'Deny',
          methods((scope) => !mayCall(scope)),
        ),
      ],
    },
  };
}
