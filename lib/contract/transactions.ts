import * as z from 'zod';
import { kinds } from '../../generated/kinds';
import {
  amount,
  assetCode,
  displayName,
  dryRun,
  idempotencyKey,
  idOf,
  isDryRun,
  metadata,
  reason,
  timestamp,
  userId,
  writableUserId,
} from './common';
import { checkCredit, creditFields, lotId, lots, only } from './lots';

const openAccount = z.boolean().optional().meta({
  description: 'true opens the account of the user in the same transaction, where there is none.',
  example: undefined,
});

/** What every posting for one user takes. A bonus and a purchase say what they read of metadata. */
const posting = z.strictObject({
  userId: writableUserId,
  assetCode,
  amount,
  idempotencyKey,
  metadata: metadata.optional(),
  dryRun,
});

export const credit = posting.extend({ openAccount, ...creditFields });

export const topupRequest = credit.superRefine(checkCredit(true)).meta({ id: 'TopupRequest' });

export const bonus = credit.extend({
  metadata: metadata.optional().meta({
    description: `${metadata.description} Its \`reason\`, a text, is answered and shown in the history.`,
    example: { reason: 'Daily login' },
  }),
});

export const bonusRequest = bonus.superRefine(checkCredit(false)).meta({ id: 'BonusRequest' });

export const purchaseMetadata = metadata.optional().meta({
  description: `${metadata.description} Its \`itemName\`, a text, is answered as \`item\` and shown in the history.`,
  example: { itemName: 'Epic Shield' },
});

export const purchaseRequest = posting
  .extend({ metadata: purchaseMetadata, only })
  .meta({ id: 'PurchaseRequest' });

export const postingReply = z
  .strictObject({
    transactionId: z.uuid(),
    userId,
    assetCode,
    amount: z.number(),
    newBalance: z.number().meta({ description: 'The balance of the user after this transaction.' }),
    timestamp,
    lots,
    dryRun: isDryRun,
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
    fromUserId: writableUserId,
    toUserId: writableUserId,
    assetCode,
    amount,
    idempotencyKey,
    metadata: metadata.optional(),
    only,
    dryRun,
  })
  .meta({ id: 'TransferRequest' });

export const transferReply = postingReply
  .omit({ userId: true })
  .extend({
    fromUserId: userId,
    toUserId: userId,
    newBalance: z.number().meta({ description: "The sender's balance after this transaction." }),
    groupId: z.uuid().nullable().meta({
      description:
        'Where the users live in two homes, a transfer is two transactions: their group. Else null.',
    }),
  })
  .meta({ id: 'TransferReply' });

export const refundRequest = z
  .strictObject({
    transactionId: idOf('transaction').meta({ description: 'The purchase to give back.' }),
    amount: amount
      .optional()
      .meta({ description: 'At most what is left of the purchase. Without it: all that is left.' }),
    idempotencyKey,
    metadata: metadata.optional(),
    dryRun,
  })
  .meta({ id: 'RefundRequest' });

export const refundReply = postingReply
  .extend({
    refundedTransactionId: z.uuid().meta({ description: 'The purchase that was given back.' }),
    refundableAmount: z.number().meta({ description: 'What is left of the purchase for further refunds.' }),
  })
  .meta({ id: 'RefundReply' });

const INSUFFICIENT_MEANS =
  'What happens when the user has spent it already: a refusal, or a balance below zero';
const onInsufficientFunds = z
  .enum(['reject', 'allow-negative'], 'must be reject or allow-negative')
  .default('reject')
  .meta({ description: `${INSUFFICIENT_MEANS}.` });

export const reversalRequest = z
  .strictObject({
    transactionId: idOf('transaction').meta({ description: 'The top-up or bonus to take back.' }),
    idempotencyKey,
    reason: displayName.meta({
      description: 'Why. The history shows it in `description`.',
      example: 'chargeback',
    }),
    amount: amount.optional().meta({
      description: 'Of an asset with lots: a part of what is left of it. Without it: all that is left.',
      example: undefined,
    }),
    onInsufficientFunds: z
      .enum(
        ['reject', 'allow-negative', 'take-what-is-left'],
        'must be reject, allow-negative or take-what-is-left',
      )
      .default('reject')
      .meta({ description: `${INSUFFICIENT_MEANS}, or, of an asset with lots, what the user still has.` }),
    dryRun,
  })
  .meta({ id: 'ReversalRequest' });

export const reversalReply = postingReply
  .extend({
    reversedTransactionId: z.uuid().meta({ description: 'The top-up or bonus that was taken back.' }),
    taken: z
      .number()
      .optional()
      .meta({ description: 'Of an asset with lots: what this took back; the same as `amount`.' }),
    shortfall: z
      .number()
      .optional()
      .meta({ description: 'Of an asset with lots: what it was to take back and did not.' }),
  })
  .meta({ id: 'ReversalReply' });

const CREDIT_NAMES = Object.keys(creditFields) as (keyof typeof creditFields)[];

export const adjustmentRequest = posting
  .omit({ metadata: true })
  .extend({
    direction: z
      .enum(['credit', 'debit'], 'must be credit or debit')
      .meta({ description: 'A credit raises the balance of the user, a debit lowers it.' }),
    reason: reason.meta({
      description: 'Why. The history shows it in `description`.',
      example: 'support ticket 4711',
    }),
    transactionId: idOf('transaction')
      .optional()
      .meta({ description: 'The transaction of this user that this corrects.', example: undefined }),
    onInsufficientFunds,
    metadata: metadata.optional(),
    ...creditFields,
    lotId: lotId.optional().meta({
      description: 'Of a debit: the lot that it burns, at most what is left of it and no other.',
      example: undefined,
    }),
  })
  .superRefine((adjustment, context) => {
    checkCredit(false)(adjustment, context);
    const others = adjustment.direction === 'credit' ? (['lotId'] as const) : CREDIT_NAMES;
    for (const name of others.filter((field) => adjustment[field] !== undefined)) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `must not be given of a ${adjustment.direction}`,
      });
    }
  })
  .meta({ id: 'AdjustmentRequest' });

export const adjustmentReply = postingReply
  .extend({ direction: z.enum(['credit', 'debit']), reason: z.string() })
  .meta({ id: 'AdjustmentReply' });

const paidSide = z.strictObject({ assetCode, amount, only }).meta({ id: 'ExchangedFrom' });
const boughtSide = z
  .strictObject({ assetCode, amount, ...creditFields })
  .superRefine(checkCredit(false))
  .meta({ id: 'ExchangedTo' });
const postedSide = z
  .strictObject({ transactionId: z.uuid(), assetCode, amount: z.number(), newBalance: z.number(), lots })
  .meta({ id: 'PostedExchangeSide' });

export const exchangeRequest = z
  .strictObject({
    userId: writableUserId,
    from: paidSide,
    to: boughtSide,
    idempotencyKey,
    metadata: metadata.optional(),
    dryRun,
  })
  .refine(({ from, to }) => from.assetCode !== to.assetCode, {
    path: ['to', 'assetCode'],
    error: 'must differ from from.assetCode',
  })
  .meta({ id: 'ExchangeRequest' });

export const exchangeReply = z
  .strictObject({ groupId: z.uuid(), userId, from: postedSide, to: postedSide, timestamp, dryRun: isDryRun })
  .meta({ id: 'ExchangeReply' });

/** A hold is no transaction: it only claims a key in the journal. */
export const typeCode = z.enum(Object.keys(kinds).filter((code) => code !== 'HOLD'));
