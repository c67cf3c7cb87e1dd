/** What an act asks of a token, and the scopes that include it. */
const ENOUGH = {
  spend: ['wallet:spend', 'wallet:write', 'wallet:admin'],
  grant: ['wallet:grant', 'wallet:write', 'wallet:admin'],
  write: ['wallet:spend', 'wallet:grant', 'wallet:write', 'wallet:admin'],
  admin: ['wallet:admin'],
};
export type Need = keyof typeof ENOUGH;

/** What a token says of itself. One that is no JWT says nothing: the service alone knows it. */
export interface Claims {
  /** Who signed in. */
  subject?: string;
  scopes?: string[];
  endsAt?: Date;
}

/** The page does not verify it: the service does, and decides. */
export function claimsOf(token: string | undefined): Claims {
  try {
    const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const { sub, client_id: client, scope, scp, exp } = JSON.parse(new TextDecoder().decode(bytes));
    // A text with spaces, or a list. Some issuers write the service before each: `wallet/wallet:read`.
    const scopes = [scope, scp]
      .flat()
      .flatMap((text) => (typeof text === 'string' ? text.split(' ') : []))
      .map((text) => text.slice(text.lastIndexOf('/') + 1));
    return {
      ...((sub || client) && { subject: String(sub || client) }),
      ...(scopes.length > 0 && { scopes }),
      ...(typeof exp === 'number' && { endsAt: new Date(exp * 1_000) }),
    };
  } catch {
    return {};
  }
}

export const hasEnded = ({ endsAt }: Claims): boolean =>
  endsAt !== undefined && endsAt.getTime() <= Date.now();

/** What the token lacks for this, in words; undefined when it may, or when only the service knows. */
export function lackOf({ scopes }: Claims, need: Need): string | undefined {
  return scopes === undefined || ENOUGH[need].some((scope) => scopes.includes(scope))
    ? undefined
    : `This token may not do that. It needs the scope ${ENOUGH[need].join(' or ')}.`;
}
