import { kinds } from '../../generated/kinds';

/** The chart's kinds: of transactions, and holds, which are none. sql/chart/kinds.sql explains a row. */
export type Kind = keyof typeof kinds;

/** A player's userId, or a system account such as `$treasury`: no userId can hold a `$`. */
export type AccountHandle = string;

export type Metadata = Record<string, unknown>;

export function isKind(code: string): code is Kind {
  return Object.hasOwn(kinds, code);
}

/** The kinds that move something, for a reply's list of them. */
export const transactionKinds = Object.keys(kinds)
  .filter(isKind)
  .filter((code) => code !== 'HOLD');

/** The accounts of a kind that flows one way between a player and the system. */
export function sidesOf(kind: Kind, userId: string): { debit: AccountHandle; credit: AccountHandle } {
  const [debit = '', credit = ''] = (kinds[kind].flows[0] ?? '')
    .split('>')
    .map((side) => (side === 'user' ? userId : side));
  return { debit, credit };
}

/**
 * The pieces of each description: text, and where the piece names a text, its name and what follows it. The
 * template puts a piece that may be missing in brackets.
 */
const pieces = new Map<string, string[][]>(
  Object.entries(kinds).map(([code, { description }]) => [
    code,
    description.split(/[[\]]/).map((piece) => piece.split(/[{}]/)),
  ]),
);

/** How a history tells a transaction. `amount` comes with its asset, such as "25.00 GOLD_COIN". */
export function describe(kind: string, amount: string, metadata: Metadata): string {
  let description = '';
  for (const [before = '', name, after = ''] of pieces.get(kind) ?? [['', 'amount']]) {
    const text = name === 'amount' ? amount : name === undefined ? '' : textOrNull(metadata[name]);
    description += text === null ? '' : before + text + after;
  }
  return description;
}

/** Metadata is the caller's own: a field that is not text says nothing here. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
