import { hash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { canonicalAmount, type DecimalText } from '../base/money';
import type { AccountHandle, Kind, Metadata } from './chart';
import type { LotSpec } from './lots';

/**
 * What moves from where to where: one transaction between a player and the system, before it has happened.
 */
export interface Posting {
  kind: Kind;
  debit: AccountHandle;
  credit: AccountHandle;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
  /** Whether a player who has no account gets one. */
  openAccount?: boolean | undefined;
  lots?: LotSpec | undefined;
}

/** From player to player. */
export interface Transfer {
  kind: 'TRANSFER';
  from: string;
  to: string;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
  lots?: LotSpec | undefined;
}

/** A transaction between the accounts of an earlier one, the other way round. */
export interface Undoing {
  kind: 'REFUND' | 'REVERSAL';
  transactionId: string;
  /** Absent: what is left. */
  amount?: DecimalText | undefined;
  /** Whether the player may be left below zero. */
  allowNegative: boolean;
  /** Whether it takes what the player still has, where that is less. */
  takeWhatIsLeft?: boolean | undefined;
  metadata?: Metadata | undefined;
}

/** An operator's correction of a balance. */
export interface Adjustment {
  kind: 'ADJUSTMENT';
  userId: string;
  direction: 'credit' | 'debit';
  assetCode: string;
  amount: DecimalText;
  /** The transaction that it corrects. */
  transactionId?: string | undefined;
  allowNegative: boolean;
  metadata: Metadata;
  lots?: LotSpec | undefined;
}

/** One asset's part in an exchange. */
export interface ExchangedSide {
  assetCode: string;
  amount: DecimalText;
  lots?: LotSpec | undefined;
}

/** Two transactions that post together or not at all. */
export interface Exchange {
  kind: 'EXCHANGE';
  userId: string;
  from: ExchangedSide;
  to: ExchangedSide;
  metadata?: Metadata | undefined;
}

export interface Hold {
  kind: 'HOLD';
  userId: string;
  assetCode: string;
  amount: DecimalText;
  expiresInSeconds: number;
  metadata?: Metadata | undefined;
  lots?: LotSpec | undefined;
}

/** A purchase that spends a hold. */
export interface Capture {
  kind: 'PURCHASE';
  holdId: string;
  /** Absent: all of it. */
  amount?: DecimalText | undefined;
  metadata?: Metadata | undefined;
}

/** Takes a person out of the ledger; `forfeit`: with what the account still has. */
export interface Erasure {
  kind: 'ERASURE';
  userId: string;
  forfeit: boolean;
  reason: string;
}

/** Whatever claims an idempotency key. */
export type Claim = Posting | Transfer | Undoing | Adjustment | Exchange | Hold | Capture | Erasure;

/**
 * What a posting did, or what it did the first time (`replayed`). Balances are decimal text, as of this
 * transaction.
 */
export interface Posted {
  transactionId: string;
  debitBalance: DecimalText;
  creditBalance: DecimalText;
  /** ISO 8601, UTC, to the millisecond. */
  createdAt: string;
  replayed: boolean;
  /** What it made or burned, as JSON of the contract; null of an asset without lots. */
  lots: unknown;
}

/** The player of a posting: whichever side is not the system's. */
export function playerOf({ debit, credit }: Posting): string {
  return debit.startsWith('$') ? credit : debit;
}

/**
 * Tells a repeated request from another one under the same key: equal for equal content, however amounts and
 * metadata are spelled. SHA-256 of the claim as JSON with sorted names, in hex.
 */
export function requestHash(claim: Claim): string {
  const content = {
    ...claim,
    ...('amount' in claim && claim.amount !== undefined && { amount: canonicalAmount(claim.amount) }),
    ...(claim.kind === 'EXCHANGE' &&
      'from' in claim && { from: canonicalSide(claim.from), to: canonicalSide(claim.to) }),
  };
  return hash('sha256', stringify(content));
}

function canonicalSide({ amount, ...side }: ExchangedSide): object {
  return { ...side, amount: canonicalAmount(amount) };
}
