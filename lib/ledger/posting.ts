import { hash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { canonicalAmount, type DecimalText } from '../base/money';
import type { AccountHandle, Kind, Metadata } from './chart';

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
}

/** From player to player. */
export interface Transfer {
  kind: 'TRANSFER';
  from: string;
  to: string;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
}

/** A transaction between the accounts of an earlier one, the other way round. */
export interface Undoing {
  kind: 'REFUND' | 'REVERSAL';
  transactionId: string;
  /** Of a refund; absent: what is left. */
  amount?: DecimalText | undefined;
  /** Whether the player may be left below zero. */
  allowNegative: boolean;
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
}

/** Two transactions that post together or not at all. */
export interface Exchange {
  kind: 'EXCHANGE';
  userId: string;
  from: { assetCode: string; amount: DecimalText };
  to: { assetCode: string; amount: DecimalText };
  metadata?: Metadata | undefined;
}

export interface Hold {
  kind: 'HOLD';
  userId: string;
  assetCode: string;
  amount: DecimalText;
  expiresInSeconds: number;
  metadata?: Metadata | undefined;
}

/** A purchase that spends a hold. */
export interface Capture {
  kind: 'PURCHASE';
  holdId: string;
  /** Absent: all of it. */
  amount?: DecimalText | undefined;
  metadata?: Metadata | undefined;
}

/** Whatever claims an idempotency key. */
export type Claim = Posting | Transfer | Undoing | Adjustment | Exchange | Hold | Capture;

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

function canonicalSide({ assetCode, amount }: { assetCode: string; amount: DecimalText }): {
  assetCode: string;
  amount: string;
} {
  return { assetCode, amount: canonicalAmount(amount) };
}
