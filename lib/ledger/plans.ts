import type { DecimalText } from '../base/money';
import { type Kind, type Metadata, sidesOf } from './chart';
import type { Adjustment, Capture, Exchange, Hold, Posting, Transfer, Undoing } from './posting';

/** What a caller asks to be moved. */
export interface UserRequest {
  userId: string;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
  openAccount?: boolean | undefined;
}

export interface TransferRequest extends Omit<UserRequest, 'userId' | 'openAccount'> {
  fromUserId: string;
  toUserId: string;
}

/** A transaction of a kind that flows one way, between a player and a system account. */
export function plain(
  kind: Kind,
  { userId, assetCode, amount, metadata, openAccount }: UserRequest,
): Posting {
  return { kind, ...sidesOf(kind, userId), assetCode, amount, metadata, openAccount };
}

/** Player to player, of an asset that was made transferable. */
export function transfer({ fromUserId, toUserId, assetCode, amount, metadata }: TransferRequest): Transfer {
  return { kind: 'TRANSFER', from: fromUserId, to: toUserId, assetCode, amount, metadata };
}

/** Revenue back to the player of a purchase; no amount: all that is left of it. */
export function refund(request: {
  transactionId: string;
  amount?: DecimalText | undefined;
  metadata?: Metadata | undefined;
}): Undoing {
  const { transactionId, amount, metadata } = request;
  return { kind: 'REFUND', transactionId, amount, metadata, allowNegative: false };
}

type OnInsufficientFunds = 'reject' | 'allow-negative';

/** Player back to where a top-up or bonus came from, whole. */
export function reversal(request: {
  transactionId: string;
  reason: string;
  onInsufficientFunds: OnInsufficientFunds;
}): Undoing {
  const { transactionId, reason, onInsufficientFunds } = request;
  return {
    kind: 'REVERSAL',
    transactionId,
    metadata: { reason },
    allowNegative: onInsufficientFunds === 'allow-negative',
  };
}

/** An operator's correction, for or against the system account of adjustments. */
export function adjustment(
  request: UserRequest & {
    direction: 'credit' | 'debit';
    reason: string;
    transactionId?: string | undefined;
    onInsufficientFunds: OnInsufficientFunds;
  },
): Adjustment {
  const { userId, direction, assetCode, amount, reason, transactionId, onInsufficientFunds, metadata } =
    request;
  const allowNegative = onInsufficientFunds === 'allow-negative';
  const moved = { userId, direction, assetCode, amount, transactionId, allowNegative };
  return { kind: 'ADJUSTMENT', ...moved, metadata: { ...metadata, reason } };
}

type Side = { assetCode: string; amount: DecimalText };

/** One asset of a player for another, by way of the treasury. */
export function exchange(request: {
  userId: string;
  from: Side;
  to: Side;
  metadata?: Metadata | undefined;
}): Exchange {
  const { userId, from, to, metadata } = request;
  return { kind: 'EXCHANGE', userId, from, to, metadata };
}

/** Reserves a player's funds for a time. */
export function hold({
  userId,
  assetCode,
  amount,
  expiresInSeconds,
  metadata,
}: UserRequest & { expiresInSeconds: number }): Hold {
  return { kind: 'HOLD', userId, assetCode, amount, expiresInSeconds, metadata };
}

/** Spends a hold, as a purchase; no amount: all of it. */
export function capture(request: {
  holdId: string;
  amount?: DecimalText | undefined;
  metadata?: Metadata | undefined;
}): Capture {
  const { holdId, amount, metadata } = request;
  return { kind: 'PURCHASE', holdId, amount, metadata };
}
