import * as z from 'zod';
import { isUuid } from '../base/ids';
import {
  amount,
  assetCode,
  cursorOf,
  displayName,
  encodeCursor,
  idempotencyKey,
  idOf,
  instant,
  integer,
  jsonObject,
  metadata,
  timestamp,
  userId,
} from './common';

/** A top-up, a bonus or a purchase. */
export const postingRequest = z.strictObject({
  userId,
  assetCode,
  amount,
  idempotencyKey,
  metadata: metadata.optional(),
});

export const postingReply = z.strictObject({
  transactionId: z.uuid(),
  userId,
  assetCode,
  amount: z.number(),
  newBalance: z.number(),
  timestamp,
});

export const bonusReply = postingReply.extend({ reason: z.string().nullable() });

export const purchaseReply = postingReply.extend({ item: z.string().nullable() });

export const transferRequest = z.strictObject({
  fromUserId: userId,
  toUserId: userId,
  assetCode,
  amount,
  idempotencyKey,
  metadata: metadata.optional(),
});

/** newBalance is the sender's. */
export const transferReply = postingReply.omit({ userId: true }).extend({ fromUserId: userId, toUserId: userId });

/** Without an amount: what is left of the purchase. */
export const refundRequest = z.strictObject({
  transactionId: idOf('transaction'),
  amount: amount.optional(),
  idempotencyKey,
  metadata: metadata.optional(),
});

export const refundReply = postingReply.extend({ refundedTransactionId: z.uuid(), refundableAmount: z.number() });

export const reversalRequest = z.strictObject({
  transactionId: idOf('transaction'),
  idempotencyKey,
  reason: displayName,
  onInsufficientFunds: z.enum(['reject', 'allow-negative'], 'must be reject or allow-negative').default('reject'),
});

export const reversalReply = postingReply.extend({ reversedTransactionId: z.uuid() });

const side = z.strictObject({ assetCode, amount });
const postedSide = z.strictObject({ transactionId: z.uuid(), assetCode, amount: z.number(), newBalance: z.number() });

export const exchangeRequest = z
  .strictObject({ userId, from: side, to: side, idempotencyKey, metadata: metadata.optional() })
  .refine(({ from, to }) => from.assetCode !== to.assetCode, {
    path: ['to', 'assetCode'],
    error: 'must differ from from.assetCode',
  });

export const exchangeReply = z.strictObject({ groupId: z.uuid(), userId, from: postedSide, to: postedSide, timestamp });

/** As many as fit a transaction that others wait little for. */
const MAX_BATCH = 1_000;
const BATCH_RULE = `must be 1 to ${MAX_BATCH} transactions`;

const batchElement = z.discriminatedUnion(
  'type',
  [
    postingRequest.extend({ type: z.literal('topup') }),
    postingRequest.extend({ type: z.literal('bonus') }),
    postingRequest.extend({ type: z.literal('purchase') }),
    transferRequest.extend({ type: z.literal('transfer') }),
  ],
  { error: 'must be topup, bonus, purchase or transfer' },
);

/** All or nothing, as if posted one by one in their order. Their number is checked first: a body of 1 MB has room for 500,000. */
export const batchRequest = z.strictObject({
  transactions: z
    .array(z.unknown(), 'must be a list of transactions')
    .min(1, BATCH_RULE)
    .max(MAX_BATCH, BATCH_RULE)
    .pipe(z.array(batchElement)),
});

/** Each as its own endpoint answers it. */
export const batchReply = z.strictObject({
  groupId: z.uuid(),
  transactions: z.array(z.union([postingReply, bonusReply, purchaseReply, transferReply])),
});

export const typeCode = z.enum(['TOP_UP', 'BONUS', 'PURCHASE', 'TRANSFER', 'REFUND', 'REVERSAL', 'EXCHANGE']);

/** Where a page of history ended. */
export interface HistoryPosition {
  micros: string;
  transactionId: string;
}

/** Microseconds since the epoch and the transaction id of a page's last row. */
export function historyCursor({ micros, transactionId }: HistoryPosition): string {
  return encodeCursor(`${micros}.${transactionId}`);
}

const cursor = cursorOf((text): HistoryPosition | undefined => {
  const [micros = '', transactionId = '', ...rest] = text.split('.');
  // 15 or 16 digits of microseconds: the years 2001 to 2286.
  const isKnown = /^[0-9]{15,16}$/.test(micros) && isUuid(transactionId) && rest.length === 0;
  return isKnown ? { micros, transactionId } : undefined;
});

export const historyQuery = z.strictObject({
  limit: integer(1, 200).default(50),
  offset: integer(0, 10_000).default(0),
  cursor: cursor.optional(),
  assetCode: assetCode.optional(),
  type: typeCode.optional(),
  from: instant.optional(),
  to: instant.optional(),
});

export const historyReply = z.strictObject({
  userId,
  transactions: z.array(
    z.strictObject({
      id: z.uuid(),
      type: z.string(),
      typeCode,
      asset: z.string(),
      assetCode,
      amount: z.number(),
      entryType: z.enum(['debit', 'credit']),
      runningBalance: z.number(),
      description: z.string(),
      metadata: jsonObject,
      status: z.literal('completed'),
      timestamp,
    }),
  ),
  limit: z.number(),
  offset: z.number(),
  nextCursor: z.string().nullable(),
});
