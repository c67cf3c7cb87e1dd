/** The chart of accounts: which side of each kind of transaction is debited, which is credited, and how it reads to people. */
export type SystemAccount = '$treasury' | '$revenue' | '$bonus_pool';

/** A user's id, or a system account: no userId can hold a `$`. */
export type AccountHandle = string;

export type Metadata = Record<string, unknown>;

/**
 * `user` and `recipient` stand for the accounts of the request's users, `original` for whichever account the transaction that is taken back
 * debited. An exchange is two transactions: the user pays one asset to the treasury and gets the other from it.
 */
interface ChartRow {
  debit: SystemAccount | 'user';
  credit: SystemAccount | 'user' | 'recipient' | 'original';
  /** `amount` comes with its asset, such as "25.00 GOLD_COIN". */
  describe: (amount: string, metadata: Metadata) => string;
}

export type TransactionType = 'TOP_UP' | 'BONUS' | 'PURCHASE' | 'TRANSFER' | 'REFUND' | 'REVERSAL' | 'EXCHANGE';

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
  TRANSFER: { debit: 'user', credit: 'recipient', describe: (amount) => `Transfer of ${amount}` },
  REFUND: { debit: '$revenue', credit: 'user', describe: (amount) => `Refund of ${amount}` },
  REVERSAL: {
    debit: 'user',
    credit: 'original',
    describe: (amount, metadata) => `Reversal of ${amount}${suffix(': ', textOrNull(metadata.reason))}`,
  },
  EXCHANGE: { debit: 'user', credit: '$treasury', describe: (amount) => `Exchange of ${amount}` },
};

/** Metadata is the caller's own: a field that is not text says nothing here. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function suffix(separator: string, text: string | null): string {
  return text === null ? '' : separator + text;
}
