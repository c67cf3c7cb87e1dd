import type { DecimalText } from '../base/money';
import { type Kind, type Metadata, sidesOf } from './chart';
import { type BurnedLots, burnedLots, type CreditedLot, creditedLot, type LotSpec } from './lots';
import type {
  Adjustment,
  Capture,
  Exchange,
  ExchangedSide,
  Hold,
  Posting,
  Transfer,
  Undoing,
} from './posting';

/** What a caller asks to be moved. */
export interface UserRequest extends CreditedLot {
  userId: string;
  assetCode: string;
  amount: DecimalText;
  metadata?: Metadata | undefined;
  openAccount?: boolean | undefined;
  only?: BurnedLots | undefined;
}

export interface TransferRequest extends Pick<UserRequest, 'assetCode' | 'amount' | 'metadata' | 'only'> {
  fromUserId: string;
  toUserId: string;
}

/** A transaction of a kind that flows one way, between a player and a system account. */
export function plain(kind: Kind, request: UserRequest): Posting {
  const { userId, assetCode, amount, metadata, openAccount } = request;
  return { kind, ...sidesOf(kind, userId), assetCode, amount, metadata, openAccount, lots: lotsOf(request) };
}

/** What a request says of lots, be it a credit or a debit. */
function lotsOf(request: CreditedLot & { only?: BurnedLots | undefined }): LotSpec | undefined {
  return creditedLot(request) ?? burnedLots(request.only);
}

/** Player to player, of an asset that was made transferable. */
export function transfer(request: TransferRequest): Transfer {
  const { fromUserId: from, toUserId: to, assetCode, amount, metadata, only } = request;
  return { kind: 'TRANSFER', from, to, assetCode, amount, metadata, lots: burnedLots(only) };
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

/** Player back to where a top-up or bonus came from; no amount: all that is left of it. */
export function reversal(request: {
  transactionId: string;
  reason: string;
  amount?: DecimalText | undefined;
  onInsufficientFunds: OnInsufficientFunds | 'take-what-is-left';
}): Undoing {
  const { transactionId, reason, amount, onInsufficientFunds } = request;
  return {
    kind: 'REVERSAL',
    transactionId,
    amount,
    metadata: { reason },
    allowNegative: onInsufficientFunds === 'allow-negative',
    takeWhatIsLeft: onInsufficientFunds === 'take-what-is-left' || undefined,
  };
}

/** An operator's correction, for or against the system account of adjustments. */
export function adjustment(
  request: UserRequest & {
    direction: 'credit' | 'debit';
    reason: string;
    transactionId?: string | undefined;
    onInsufficientFunds: OnInsufficientFunds;
    lotId?: string | undefined;
  },
): Adjustment {
  const { userId, direction, assetCode, amount, reason, transactionId, onInsufficientFunds, metadata } =
    request;
  const allowNegative = onInsufficientFunds === 'allow-negative';
  const lots = creditedLot(request) ?? burnedLots(request.lotId ? { lotId: request.lotId } : undefined);
  const moved = { userId, direction, assetCode, amount, transactionId, allowNegative, lots };
  return { kind: 'ADJUSTMENT', ...moved, metadata: { ...metadata, reason } };
}

type Side = { assetCode: string; amount: DecimalText };

/** One asset of a player for another, by way of the treasury. */
export function exchange(request: {
  userId: string;
  from: Side & { only?: BurnedLots | undefined };
  to: Side & CreditedLot;
  metadata?: Metadata | undefined;
}): Exchange {
  const { userId, metadata } = request;
  const [from, to] = [request.from, request.to].map((side) => ({
    assetCode: side.assetCode,
    amount: side.amount,
    lots: lotsOf(side),
  })) as [ExchangedSide, ExchangedSide];
  return { kind: 'EXCHANGE', userId, from, to, metadata };
}

/** Reserves a player's funds for a time. */
export function hold({
  userId,
  assetCode,
  amount,
  expiresInSeconds,
  metadata,
  only,
}: UserRequest & { expiresInSeconds: number }): Hold {
  return { kind: 'HOLD', userId, assetCode, amount, expiresInSeconds, metadata, lots: burnedLots(only) };
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
