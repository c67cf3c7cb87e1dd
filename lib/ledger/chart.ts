/**
 * The chart of accounts: which side of each kind of transaction is debited, which is credited, and how it reads to people.
 * `user` stands for the account of the request's user; amounts come with their asset, such as "25.00 GOLD_COIN".
 */
export type SystemAccount = '$treasury' | '$revenue' | '$bonus_pool';

/** A user's id, or a system account: no userId can hold a `$`. */
export type AccountHandle = string;

export type Metadata = Record<string, unknown>;

interface ChartRow {
  debit: SystemAccount | 'user';
  credit: SystemAccount | 'user';
  describe: (amount: string, metadata: Metadata) => string;
}

export type TransactionType = 'TOP_UP' | 'BONUS' | 'PURCHASE';

export const chart: Readonly<Record<TransactionType, ChartRow>> = {
  TOP_UP: { debit: '$treasury', credit: 'user', describe: (amount) => `Top-up of ${amount}` },
  BONUS: {
    debit: '$bonus_pool',
    credit: 'user',
    describe: (amount, metadata) => `Bonus of ${amount}${suffix(': ', textOrNull(metadata.reason))}`,
  },
  PURCHASE: {
    debit: 'user',
    credit: '$revenue',
    describe: (amount, metadata) => `Purchase${suffix(' ', textOrNull(metadata.itemName))} for ${amount}`,
  },
};

/** Metadata is the caller's own: a field that is not text says nothing here. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function suffix(separator: string, text: string | null): string {
  return text === null ? '' : separator + text;
}
