import * as z from 'zod';
import { dryRun, isDryRun } from './common';
import { checkCredit } from './lots';
import {
  bonus,
  bonusReply,
  credit,
  postingReply,
  purchaseReply,
  purchaseRequest,
  transferReply,
  transferRequest,
} from './transactions';

/** As many as fit a transaction that others wait little for. */
const MAX_BATCH = 1_000;
const BATCH_RULE = `must be 1 to ${MAX_BATCH} transactions`;

/** As it is in a batch: the batch as a whole may be a dry run. */
const elements = [
  credit
    .omit({ dryRun: true })
    .extend({ type: z.literal('topup') })
    .superRefine(checkCredit(true))
    .meta({ id: 'BatchTopup' }),
  bonus
    .omit({ dryRun: true })
    .extend({ type: z.literal('bonus') })
    .superRefine(checkCredit(false))
    .meta({ id: 'BatchBonus' }),
  purchaseRequest
    .omit({ dryRun: true })
    .extend({ type: z.literal('purchase') })
    .meta({ id: 'BatchPurchase' }),
  transferRequest
    .omit({ dryRun: true })
    .extend({ type: z.literal('transfer') })
    .meta({ id: 'BatchTransfer' }),
  credit
    .omit({ dryRun: true })
    .extend({ type: z.literal('opening') })
    .superRefine(checkCredit(false))
    .meta({
      id: 'BatchOpening',
      description: 'A balance brought from another system. Needs the scope `wallet:admin`.',
    }),
] as const;

/** As if posted one by one in their order. */
export const batchRequest = z
  .strictObject({
    transactions: z
      .array(
        z.discriminatedUnion('type', elements, {
          error: 'must be topup, bonus, purchase, transfer or opening',
        }),
        'must be a list of transactions',
      )
      .min(1, BATCH_RULE)
      .max(MAX_BATCH, BATCH_RULE),
    onError: z
      .enum(['refuse', 'skip'], 'must be refuse or skip')
      .default('refuse')
      .meta({
        description:
          '`refuse` posts all or nothing. `skip` leaves out the transactions that would be refused, and posts ' +
          'the others together.',
      }),
    dryRun,
  })
  .meta({ id: 'BatchRequest' });

const batchFailure = z
  .strictObject({ index: z.number(), code: z.string(), message: z.string() })
  .meta({ id: 'FailedElement' });

export const batchReply = z
  .strictObject({
    groupId: z.uuid(),
    transactions: z.array(z.union([postingReply, bonusReply, purchaseReply, transferReply]).nullable()).meta({
      description:
        'In the order of the request, each as its own endpoint answers it; null of one that was left out.',
    }),
    failures: z
      .array(batchFailure)
      .optional()
      .meta({ description: 'Of `onError: "skip"`: which transactions were left out, and why.' }),
    dryRun: isDryRun,
  })
  .meta({ id: 'BatchReply' });
