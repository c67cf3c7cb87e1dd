/** What a route asks of its caller: `write` is whoever may spend or grant, `public` nobody. */
export type RouteScope = 'public' | 'read' | 'spend' | 'grant' | 'write' | 'admin' | 'events';

/**
 * The scopes of a token that open a route, by what the route asks. Source: the wire contract. To spend or to
 * grant includes to read, `wallet:write` is both, and `wallet:admin` is everything.
 */
export const SCOPES: Readonly<Record<RouteScope, readonly string[]>> = {
  public: [],
  read: ['wallet:read', 'wallet:spend', 'wallet:grant', 'wallet:write', 'wallet:admin'],
  spend: ['wallet:spend', 'wallet:write', 'wallet:admin'],
  grant: ['wallet:grant', 'wallet:write', 'wallet:admin'],
  write: ['wallet:spend', 'wallet:grant', 'wallet:write', 'wallet:admin'],
  admin: ['wallet:admin'],
  events: ['wallet:events', 'wallet:admin'],
};
