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
  onlyAsset,
  timestamp,
  userId,
} from './common';

/** A top-up; a bonus and a purchase say what they read of metadata. */
export const postingRequest = z
  .strictObject({
    userId,
    assetCode,
    amount,
    idempotencyKey,
    metadata: metadata.optional(),
  })
  .meta({ id: 'TopupRequest' });

export const bonusRequest = postingRequest
  .extend({
    metadata: metadata.optional().meta({
      description: `${metadata.description} Its \`reason\`, a text, is answered and shown in the history.`,
      example: { reason: 'Daily login' },
    }),
  })
  .meta({ id: 'BonusRequest' });

export const purchaseMetadata = metadata.optional().meta({
  description: `${metadata.description} Its \`itemName\`, a text, is answered as \`item\` and shown in the history.`,
  example: { itemName: 'Epic Shield' },
});

export const purchaseRequest = postingRequest.extend({ metadata: purchaseMetadata }).meta({ id: 'PurchaseRequest' });

export const postingReply = z
  .strictObject({
    transactionId: z.uuid(),
    userId,
    assetCode,
    amount: z.number(),
    newBalance: z.number().meta({ description: 'The balance of the user after this transaction.' }),
    timestamp,
  })
  .meta({ id: 'TopupReply' });

export const bonusReply = postingReply
  .extend({ reason: z.string().nullable().meta({ description: 'The `reason` of the metadata, or null.' }) })
  .meta({ id: 'BonusReply' });

export const purchaseReply = postingReply
  .extend({ item: z.string().nullable().meta({ description: 'The `itemName` of the metadata, or null.' }) })
  .meta({ id: 'PurchaseReply' });

export const transferRequest = z
  .strictObject({
    fromUserId: userId,
    toUserId: userId,
    assetCode,
    amount,
    idempotencyKey,
    metadata: metadata.optional(),
  })
  .meta({ id: 'TransferRequest' });

export const transferReply = postingReply
  .omit({ userId: true })
  .extend({
    fromUserId: userId,
    toUserId: userId,
    newBalance: z.number().meta({ description: "The sender's balance after this transaction." }),
  })
  .meta({ id: 'TransferReply' });

export const refundRequest = z
  .strictObject({
    transactionId: idOf('transaction').meta({ description: 'The purchase to give back.' }),
    amount: amount.optional().meta({ description: 'At most what is left of the purchase. Without it: all that is left.' }),
    idempotencyKey,
    metadata: metadata.optional(),
  })
  .meta({ id: 'RefundRequest' });

export const refundReply = postingReply
  .extend({
    refundedTransactionId: z.uuid().meta({ description: 'The purchase that was given back.' }),
    refundableAmount: z.number().meta({ description: 'What is left of the purchase for further refunds.' }),
  })
  .meta({ id: 'RefundReply' });

export const reversalRequest = z
  .strictObject({
    transactionId: idOf('transaction').meta({ description: 'The top-up or bonus to take back.' }),
    idempotencyKey,
    reason: displayName.meta({ description: 'Why. The history shows it in `description`.', example: 'chargeback' }),
    onInsufficientFunds: z
      .enum(['reject', 'allow-negative'], 'must be reject or allow-negative')
      .default('reject')
      .meta({ description: 'What happens when the user has spent it already: a refusal, or a balance below zero.' }),
  })
  .meta({ id: 'ReversalRequest' });

export const reversalReply = postingReply
  .extend({ reversedTransactionId: z.uuid().meta({ description: 'The top-up or bonus that was taken back.' }) })
  .meta({ id: 'ReversalReply' });

const side = z.strictObject({ assetCode, amount }).meta({ id: 'ExchangeSide' });
const postedSide = z
  .strictObject({ transactionId: z.uuid(), assetCode, amount: z.number(), newBalance: z.number() })
  .meta({ id: 'PostedExchangeSide' });

export const exchangeRequest = z
  .strictObject({ userId, from: side, to: side, idempotencyKey, metadata: metadata.optional() })
  .refine(({ from, to }) => from.assetCode !== to.assetCode, {
    path: ['to', 'assetCode'],
    error: 'must differ from from.assetCode',
  })
  .meta({ id: 'ExchangeRequest' });

export const exchangeReply = z
  .strictObject({ groupId: z.uuid(), userId, from: postedSide, to: postedSide, timestamp })
  .meta({ id: 'ExchangeReply' });

/** As many as fit a transaction that others wait little for. */
const MAX_BATCH = 1_000;
const BATCH_RULE = `must be 1 to ${MAX_BATCH} transactions`;

/** All or nothing, as if posted one by one in their order. */
export const batchRequest = z
  .strictObject({
    transactions: z
      .array(
        z.discriminatedUnion(
          'type',
          [
            postingRequest.extend({ type: z.literal('topup') }).meta({ id: 'BatchTopup' }),
            bonusRequest.extend({ type: z.literal('bonus') }).meta({ id: 'BatchBonus' }),
            purchaseRequest.extend({ type: z.literal('purchase') }).meta({ id: 'BatchPurchase' }),
            transferRequest.extend({ type: z.literal('transfer') }).meta({ id: 'BatchTransfer' }),
          ],
          { error: 'must be topup, bonus, purchase or transfer' },
        ),
        'must be a list of transactions',
      )
      .min(1, BATCH_RULE)
      .max(MAX_BATCH, BATCH_RULE),
  })
  .meta({ id: 'BatchRequest' });

export const batchReply = z
  .strictObject({
    groupId: z.uuid(),
    transactions: z
      .array(z.union([postingReply, bonusReply, purchaseReply, transferReply]))
      .meta({ description: 'In the order of the request, each as its own endpoint answers it.' }),
  })
  .meta({ id: 'BatchReply' });

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
  limit: integer(1, 200).default(50).meta({ description: 'How many rows a page has at most.' }),
  offset: integer(0, 10_000).default(0).meta({
    description: 'How many rows to leave out first. Others may post in between: `cursor` neither repeats nor skips a row.',
  }),
  cursor: cursor.optional().meta({ description: 'The `nextCursor` of a page: asks for the page after it.' }),
  assetCode: onlyAsset,
  type: typeCode.optional().meta({ description: 'Asks for the transactions of this type alone.' }),
  from: instant
    .optional()
    .meta({ description: 'Asks for transactions of this time and later, to the millisecond that callers see.' }),
  to: instant
    .optional()
    .meta({ description: 'Asks for transactions of this time and earlier, to the millisecond that callers see.' }),
});

const historyRow = z
  .strictObject({
    id: z.uuid(),
    type: z.string().meta({ description: 'The name of the type, for people to read.' }),
    typeCode,
    asset: z.string().meta({ description: 'The name of the asset, for people to read.' }),
    assetCode,
    amount: z.number(),
    entryType: z.enum(['debit', 'credit']).meta({ description: 'A debit lowers the balance of the user, a credit raises it.' }),
    runningBalance: z.number().meta({ description: 'The balance of the user after this transaction.' }),
    description: z.string().meta({
      description:
        'What happened, for people to read. It holds the `itemName` of the metadata of a purchase, the `reason` of ' +
        'that of a bonus, and the reason of a reversal.',
    }),
    metadata: jsonObject.meta({ description: 'As the caller gave it.' }),
    status: z.literal('completed'),
    timestamp,
  })
  .meta({ id: 'HistoryRow' });

export const historyReply = z
  .strictObject({
    userId,
    transactions: z.array(historyRow),
    limit: z.number(),
    offset: z.number(),
    nextCursor: z.string().nullable().meta({ description: 'The `cursor` of the next page; null when this is the last.' }),
  })
  .meta({ id: 'HistoryReply' });
