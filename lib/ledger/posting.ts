import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { canonicalAmount } from '../base/money';
import type { AccountHandle, Metadata, TransactionType } from './chart';

/** What moves from where to where: one transaction, before it has happened. */
export interface Posting {
  type: TransactionType;
  debit: AccountHandle;
  credit: AccountHandle;
  assetCode: string;
  /** Decimal text. */
  amount: string;
  metadata?: Metadata | undefined;
}

/** What a posting did, or what it did the first time (`replayed`). Balances are decimal text, as of this transaction. */
export interface Posted {
  transactionId: string;
  debitBalance: string;
  creditBalance: string;
  createdAt: Date;
  replayed: boolean;
}

/**
 * Tells a repeated request from another one under the same key: equal for equal content, however amounts and metadata are spelled.
 * SHA-256 of the posting as JSON with sorted names.
 */
export function requestHash(posting: Posting): Buffer {
  const content = { ...posting, amount: canonicalAmount(posting.amount) };
  return createHash('sha256').update(stringify(content)).digest();
}
