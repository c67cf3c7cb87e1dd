import {
  type Act,
  type HistoryQuery,
  type HistoryRow,
  type HoldReply,
  PermissionError,
  type WalletClient,
} from '@game-wallet/client';

/** One line of a player's timeline. */
export type Happening =
  | { kind: 'entry'; at: string; key: string; entry: HistoryRow }
  | { kind: 'hold'; at: string; key: string; hold: HoldReply }
  | { kind: 'act'; at: string; key: string; act: Act };

export interface Filters {
  kinds: Happening['kind'][];
  assetCode?: string | undefined;
  type?: HistoryQuery['type'];
  /** Times, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface Happenings {
  happenings: Happening[];
  /** There is nothing before them. */
  isWhole: boolean;
  /** The token may not read acts, so that they are not among them. */
  lacksActs: boolean;
}

/**
 * The newest happenings of a player, entries, holds and acts merged by time, at most `count`. Each list is read
 * as far as it is needed.
 */
export async function readHappenings(
  wallet: WalletClient,
  userId: string,
  filters: Filters,
  count: number,
): Promise<Happenings> {
  const readers = { entry: entriesOf, hold: holdsOf, act: actsOf };
  const sources = filters.kinds.map((kind) => readers[kind](wallet, userId, filters));
  let lacksActs = false;
  const heads = await Promise.all(
    sources.map((source, index) =>
      source.next().catch((error: unknown) => {
        if (!(error instanceof PermissionError && filters.kinds[index] === 'act')) {
          throw error;
        }
        lacksActs = true;
        return { done: true, value: undefined } as const;
      }),
    ),
  );
  const happenings: Happening[] = [];
  while (happenings.length < count) {
    const newest = indexOfNewest(heads);
    const source = sources[newest];
    if (source === undefined) {
      return { happenings, isWhole: true, lacksActs };
    }
    happenings.push(heads[newest]?.value as Happening);
    heads[newest] = await source.next();
  }
  return { happenings, isWhole: heads.every(({ done }) => done), lacksActs };
}

function indexOfNewest(heads: IteratorResult<Happening, void>[]): number {
  return heads.reduce((best, head, index) => {
    const known = heads[best]?.value?.at ?? '';
    return !head.done && head.value.at > known ? index : best;
  }, -1);
}

async function* entriesOf(
  wallet: WalletClient,
  userId: string,
  filters: Filters,
): AsyncGenerator<Happening, void> {
  const { assetCode, type, from, to } = filters;
  for await (const entry of wallet.history(userId, { assetCode, type, from, to } as HistoryQuery)) {
    yield { kind: 'entry', at: entry.timestamp, key: `${entry.id} ${entry.entryType}`, entry };
  }
}

async function* holdsOf(
  wallet: WalletClient,
  userId: string,
  filters: Filters,
): AsyncGenerator<Happening, void> {
  const query = filters.assetCode === undefined ? {} : { assetCode: filters.assetCode };
  for await (const hold of wallet.holds.list(userId, query)) {
    yield* within(filters, { kind: 'hold', at: hold.createdAt, key: hold.holdId, hold });
  }
}

async function* actsOf(
  wallet: WalletClient,
  userId: string,
  filters: Filters,
): AsyncGenerator<Happening, void> {
  for await (const act of wallet.accounts.listActs(userId)) {
    yield* within(filters, { kind: 'act', at: act.timestamp, key: `${act.timestamp} ${act.act}`, act });
  }
}

/** These two lists know no times to ask for. */
function* within({ from = '', to = '9999' }: Filters, happening: Happening): Generator<Happening> {
  if (happening.at >= from && happening.at <= to) {
    yield happening;
  }
}
