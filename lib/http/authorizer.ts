import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { JwtConfig } from '../app/config';
import { scopeList } from './caller';

export type Authorizer = (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/**
 * API Gateway's TOKEN authorizer for access tokens of Cognito or any OpenID Connect issuer. It says who calls
 * and with which scopes. API
 * Gateway keeps its answer for the token's next requests, to whatever method. Signing keys are fetched once
 * and kept.
 * A token that is not accepted throws "Unauthorized", which API Gateway answers with 401; keys that cannot be
 * fetched throw what happened (500).
 */
export function authorizer(config: JwtConfig): Authorizer {
  const verifier = JwtVerifier.create({
    issuer: config.issuer,
    // Cognito's access tokens have none, but a client_id: see checkClaims.
    audience: null,
    ...(config.jwksUri !== undefined && { jwksUri: config.jwksUri }),
    customJwtCheck: ({ payload }) => checkClaims(payload, config.audiences),
  });
  if (config.keys !== undefined) {
    verifier.cacheJwks(config.keys);
  }
  return async ({ authorizationToken, methodArn }) => {
    const token = /^Bearer +(\S+)$/i.exec(authorizationToken)?.[1] ?? '';
    try {
      return policyFor(await verifier.verify(token), methodArn);
    } catch (error) {
      if (error instanceof FetchError) {
        throw error;
      }
      throw new Error('Unauthorized', { cause: error });
    }
  };
}

/**
 * The library has checked signature, algorithm, issuer and times, but takes a token that never expires, and
 * knows one claim of audience.
 */
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

/**
 * Allows every method. Each route's handler decides what the scopes allow, because it can name the scopes
 * that would do.
 */
function policyFor(payload: JwtPayload, methodArn: string): APIGatewayAuthorizerResult {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  return {
    principalId: principalIn(payload) ?? '',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${stage}/*` }],
    },
    context: { scopes: scopeList(payload.scope, payload.scp).join(' ') },
  };
}
