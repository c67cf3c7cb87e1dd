/** The parts of a request context that say who calls, in either payload version. */
interface Caller {
  authorizer?: unknown;
  identity?: { userArn?: string | null };
}

/** Who calls: an authorizer's principal, or the role that signed the request; null when nobody was asked. */
export function principalOf(caller: unknown): string | null {
  const { authorizer, identity } = (caller ?? {}) as Caller;
  const principal = (authorizer as { principalId?: unknown } | null | undefined)?.principalId ?? identity?.userArn;
  return typeof principal === 'string' && principal !== '' ? principal : null;
}
