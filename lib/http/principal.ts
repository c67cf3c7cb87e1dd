/** The parts of a request context that say who calls, in either payload version. */
interface Caller {
  authorizer?: {
    principalId?: unknown;
    lambda?: { principalId?: unknown };
    jwt?: { claims?: { sub?: unknown } };
    iam?: { userArn?: unknown };
  } | null;
  identity?: { userArn?: string | null };
}

/** Who calls: an authorizer's principal, or the role that signed the request; null when nobody was asked. */
export function principalOf(caller: unknown): string | null {
  const { authorizer, identity } = (caller ?? {}) as Caller;
  const principal =
    authorizer?.principalId ??
    authorizer?.lambda?.principalId ??
    authorizer?.jwt?.claims?.sub ??
    authorizer?.iam?.userArn ??
    identity?.userArn;
  return typeof principal === 'string' && principal !== '' ? principal : null;
}
