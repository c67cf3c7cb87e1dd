import * as z from 'zod';
import { isUuid } from '../base/ids';
import {
  amount,
  assetCode,
  displayName,
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

/** All or nothing, as if posted one by one in their order. */
export const batchRequest = z.strictObject({
  transactions: z
    .array(
      z.discriminatedUnion(
        'type',
        [
          postingRequest.extend({ type: z.literal('topup') }),
          postingRequest.extend({ type: z.literal('bonus') }),
          postingRequest.extend({ type: z.literal('purchase') }),
          transferRequest.extend({ type: z.literal('transfer') }),
        ],
        { error: 'must be topup, bonus, purchase or transfer' },
      ),
      'must be a list of transactions',
    )
    .min(1, BATCH_RULE)
    .max(MAX_BATCH, BATCH_RULE),
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

/** Opaque to callers: microseconds since the epoch and the transaction id of a page's last row. */
export function encodeCursor(position: HistoryPosition): string {
  return Buffer.from(`${position.micros}.${position.transactionId}`).toString('base64url');
}

const cursor = z.string().transform((text, context): HistoryPosition => {
  const [micros = '', transactionId = '', ...rest] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  // 15 or 16 digits of microseconds: the years 2001 to 2286.
  const known = /^[0-9]{15,16}$/.test(micros) && isUuid(transactionId) && rest.length === 0;
  // Decoders of base64 pass over what does not belong.
  if (!known || encodeCursor({ micros, transactionId }) !== text) {
    context.addIssue({ code: 'custom', message: 'must be a nextCursor of an earlier page' });
    return z.NEVER;
  }
  return { micros, transactionId };
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
