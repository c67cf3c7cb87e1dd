import * as z from 'zod';
import { assetCode, idempotencyKey, idOf, jsonObject, timestamp, userId } from './common';
import { holdReply } from './holds';
import { lots } from './lots';
import { typeCode } from './transactions';

export const transactionPath = z.strictObject({ transactionId: idOf('transaction') });

/** Decimal text: sums of many accounts may exceed what a double holds. */
const total = z.string().meta({ example: '0' });

const entry = z
  .strictObject({
    account: z.string().meta({ description: "A user's id, or the type of a system account." }),
    accountType: z
      .string()
      .meta({ description: '`user`, or the type of a system account.', example: 'user' }),
    entryType: z.enum(['debit', 'credit']),
    amount: z.number(),
    runningBalance: z.union([z.number(), total]).meta({
      description:
        'The balance of the account after this entry; of a system account, that of its slice in this home, as ' +
        'decimal text.',
    }),
  })
  .meta({ id: 'Entry' });

export const transactionReply = z
  .strictObject({
    id: z.uuid(),
    type: z.string(),
    typeCode,
    assetCode,
    amount: z.number(),
    status: z.literal('completed'),
    groupId: z
      .uuid()
      .nullable()
      .meta({ description: 'The group of transactions that posted together, or null.' }),
    relatedId: z
      .uuid()
      .nullable()
      .meta({
        description:
          'The transaction that a refund, reversal or adjustment is about, or the hold that a purchase captured; ' +
          'else null.',
      }),
    idempotencyKey: z.string().nullable(),
    principal: z
      .string()
      .nullable()
      .meta({ description: 'Who posted it, by the token or signature; null when nobody was asked.' }),
    metadata: jsonObject.meta({ description: 'As the caller gave it.' }),
    timestamp,
    entries: z.array(entry).length(2),
    lots,
    spent: z
      .number()
      .optional()
      .meta({ description: 'Of a credit of an asset with lots: what was spent of it since.' }),
    unspent: z.number().optional().meta({
      description:
        'Of a credit of an asset with lots: what is still there of it. The oldest credit burns first.',
    }),
  })
  .meta({ id: 'TransactionReply' });

export const groupPath = z.strictObject({ groupId: idOf('group') });

export const groupReply = z
  .strictObject({
    groupId: z.uuid(),
    transactions: z.array(transactionReply).meta({ description: 'In the order in which they were posted.' }),
  })
  .meta({ id: 'GroupReply' });

export const claimQuery = z.strictObject({
  idempotencyKey: idempotencyKey.meta({ description: 'The key to look for.' }),
  userId: userId.optional().meta({
    description: 'Whose request it was. It narrows the search where the ledger is distributed.',
    example: undefined,
  }),
});

export const claimReply = z
  .union([transactionReply, holdReply])
  .meta({ id: 'ClaimReply', description: 'The transaction, or the hold, that the key claimed.' });

const discrepancy = z.looseObject({ check: z.string() }).meta({
  id: 'Discrepancy',
  description: 'What does not agree: the check that found it, and the ids that it is about.',
});

/** The last run; null, empty and none before the first. */
export const reconciliationReply = z
  .strictObject({
    full: z.boolean().nullable(),
    snapshotAt: timestamp.nullable(),
    finishedAt: timestamp.nullable(),
    checked: z.record(z.string(), z.number()).meta({ description: 'How many of each were looked at.' }),
    discrepancies: z.array(discrepancy),
  })
  .meta({ id: 'ReconciliationReply' });

const totals = z.record(z.string(), total).meta({
  id: 'Totals',
  description: 'By type of account: `user`, and each of the system, such as `treasury` or `bonusPool`.',
  example: { user: '600', treasury: '-600', revenue: '0', bonusPool: '0' },
});

const assetTotals = z
  .strictObject({ assetCode, totals, sum: total.meta({ description: 'Of the totals: always 0.' }) })
  .meta({ id: 'AssetTotals' });

export const trialBalanceReply = z
  .strictObject({ assets: z.array(assetTotals) })
  .meta({ id: 'TrialBalanceReply' });
