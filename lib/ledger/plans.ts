import type { DecimalText } from '../base/money';
import { type AccountHandle, chart, type Metadata } from './chart';
import type { Capture, Counter, Exchange, Hold, Posting } from './posting';

/** What a user asked to be moved. */
export interface UserRequest {
  userId: string;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
}

export interface TransferRequest extends Omit<UserRequest, 'userId'> {
  fromUserId: string;
  toUserId: string;
}

/** Treasury to user: credits bought with real money. */
export const topup = (request: UserRequest): Posting => planOf('TOP_UP', request);

/** Bonus pool to user: credits given for free. */
export const bonus = (request: UserRequest): Posting => planOf('BONUS', request);

/** User to revenue: credits spent. */
export const purchase = (request: UserRequest): Posting => planOf('PURCHASE', request);

/** User to user, of an asset that was made transferable. */
export function transfer({ fromUserId, toUserId, assetCode, amount, metadata }: TransferRequest): Posting {
  return { type: 'TRANSFER', debit: fromUserId, credit: toUserId, assetCode, amount, metadata };
}

/** Revenue back to the user who paid a purchase; no amount: all that is left of it. */
export function refund(request: {
  transactionId: string;
  amount?: DecimalText | undefined;
  metadata?: Metadata | undefined;
}): Counter {
  const { transactionId, amount, metadata } = request;
  return { type: 'REFUND', transactionId, amount, metadata, allowNegative: false };
}

/** User back to where a top-up or bonus came from, whole. */
export function reversal(request: {
  transactionId: string;
  reason: string;
  onInsufficientFunds: 'reject' | 'allow-negative';
}): Counter {
  const { transactionId, reason, onInsufficientFunds } = request;
  return { type: 'REVERSAL', transactionId, metadata: { reason }, allowNegative: onInsufficientFunds === 'allow-negative' };
}

type Side = { assetCode: string; amount: DecimalText };

/** One asset of a user for another, by way of the treasury. */
export function exchange(request: { userId: string; from: Side; to: Side; metadata?: Metadata | undefined }): Exchange {
  const { userId, from, to, metadata } = request;
  return { type: 'EXCHANGE', userId, from, to, metadata };
}

/** Reserves a user's funds for a time. */
export function hold({
  userId,
  assetCode,
  amount,
  expiresInSeconds,
  metadata,
}: UserRequest & { expiresInSeconds: number }): Hold {
  return { type: 'HOLD', userId, assetCode, amount, expiresInSeconds, metadata };
}

/** Spends a hold, as a purchase; no amount: all of it. */
export function capture(request: { holdId: string; amount?: DecimalText | undefined; metadata?: Metadata | undefined }): Capture {
  const { holdId, amount, metadata } = request;
  return { type: 'CAPTURE', holdId, amount, metadata };
}

function planOf(type: 'TOP_UP' | 'BONUS' | 'PURCHASE', { userId, assetCode, amount, metadata }: UserRequest): Posting {
  const handle = (side: string): AccountHandle => (side === 'user' ? userId : side);
  return { type, debit: handle(chart[type].debit), credit: handle(chart[type].credit), assetCode, amount, metadata };
}
