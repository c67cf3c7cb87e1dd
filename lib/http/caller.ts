import { WalletError } from '../base/errors';
import { type RouteScope, SCOPES } from '../contract/scopes';

/** Who calls, and what its token allows. */
export interface Caller {
  /** An authorizer's principal, or the role that signed the request; null when nobody was asked. */
  principal: string | null;
  /** The scopes of the token; null where IAM has decided already, or nobody is asked. */
  scopes: readonly string[] | null;
}

/** The parts of a request context that say who calls, in either payload version. */
interface RequestContext {
  authorizer?: {
    principalId?: unknown;
    scopes?: unknown;
    claims?: { sub?: unknown; scope?: unknown };
    lambda?: { principalId?: unknown; scopes?: unknown };
    jwt?: { claims?: { sub?: unknown; scope?: unknown }; scopes?: unknown };
    iam?: { userArn?: unknown };
  } | null;
  identity?: { userArn?: string | null };
}

/** Reads the caller from a request context. When an authorizer names no scopes, the caller has none. */
export function callerOf(requestContext: unknown): Caller {
  const { authorizer, identity } = (requestContext ?? {}) as RequestContext;
  const signer = authorizer?.iam?.userArn ?? identity?.userArn;
  if (!authorizer || typeof signer === 'string') {
    return { principal: textOrNull(signer), scopes: null };
  }
  const { claims, lambda, jwt } = authorizer;
  return {
    principal: textOrNull(authorizer.principalId ?? lambda?.principalId ?? jwt?.claims?.sub ?? claims?.sub),
    scopes: scopeList(authorizer.scopes, lambda?.scopes, jwt?.scopes, jwt?.claims?.scope, claims?.scope),
  };
}

/** Scopes as issuers write them: a list, or a text with spaces between them (RFC 9068). */
export function scopeList(...values: unknown[]): string[] {
  return values.flat().flatMap((value) => (typeof value === 'string' ? value.split(' ') : []));
}

/** Throws FORBIDDEN, with the scopes that would do, when the caller's token has none of them. */
export function requireScope({ scopes }: Caller, wanted: RouteScope, details: object = {}): void {
  if (scopes !== null && wanted !== 'public' && !SCOPES[wanted].some((scope) => scopes.includes(scope))) {
    throw new WalletError('FORBIDDEN', `this needs one of the scopes ${SCOPES[wanted].join(', ')}`, {
      ...details,
      scopes: SCOPES[wanted],
    });
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
