import * as z from 'zod';
import { assetCode, idOf, jsonObject, timestamp } from './common';
import { typeCode } from './transactions';

export const transactionPath = z.strictObject({ transactionId: idOf('transaction') });

/** Decimal text: sums of many accounts may exceed what a double holds. */
const total = z.string().meta({ example: '0' });

/**
 * `account`: a user's id, or the type of a system account. `runningBalance`: the account's after this entry; of a system account that of its
 * stripe, as decimal text.
 */
const entry = z.strictObject({
  account: z.string(),
  accountType: z.enum(['user', 'treasury', 'revenue', 'bonus_pool']),
  entryType: z.enum(['debit', 'credit']),
  amount: z.number(),
  runningBalance: z.union([z.number(), total]),
});

/** `relatedId`: the transaction that a refund or reversal is about, or the hold that a purchase captured. */
export const transactionReply = z.strictObject({
  id: z.uuid(),
  type: z.string(),
  typeCode,
  assetCode,
  amount: z.number(),
  status: z.literal('completed'),
  groupId: z.uuid().nullable(),
  relatedId: z.uuid().nullable(),
  idempotencyKey: z.string().nullable(),
  principal: z.string().nullable(),
  metadata: jsonObject,
  timestamp,
  entries: z.array(entry).length(2),
});

/** The last run; null, empty and none before the first. A discrepancy names its check and the ids that it is about. */
export const reconciliationReply = z.strictObject({
  full: z.boolean().nullable(),
  snapshotAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  checked: z.record(z.string(), z.number()),
  discrepancies: z.array(z.looseObject({ check: z.string() })),
});

export const trialBalanceReply = z.strictObject({
  assets: z.array(
    z.strictObject({
      assetCode,
      totals: z.strictObject({ user: total, treasury: total, revenue: total, bonusPool: total }),
      sum: total,
    }),
  ),
});
