import * as z from 'zod';
import { assetCode, instant, onlyAsset, timestamp, userId } from './common';

export const balanceQuery = z.strictObject({
  assetCode: onlyAsset.meta({
    description: 'Asks for this asset alone. The balance of an asset that the user never had is 0.',
  }),
  at: instant.optional().meta({
    description: 'Asks for the balances as they were at this time, with what was posted at that very time.',
  }),
});

const balance = z
  .strictObject({
    assetCode,
    assetName: z.string(),
    balance: z.number(),
    held: z.number().optional().meta({ description: 'What live holds reserve; not of a past balance.' }),
    available: z
      .number()
      .optional()
      .meta({ description: 'The balance without what is held; not of a past balance.' }),
    paid: z.number().optional().meta({ description: 'Of an asset with lots: what the user paid for.' }),
    free: z.number().optional().meta({ description: 'Of an asset with lots: what was given.' }),
    nextExpiry: z
      .strictObject({ at: timestamp, amount: z.number() })
      .meta({ id: 'NextExpiry' })
      .nullable()
      .optional()
      .meta({ description: 'Of an asset with lots: what expires next of what is not held; null: nothing.' }),
  })
  .meta({ id: 'Balance' });

export const balanceReply = z
  .strictObject({ userId, balances: z.array(balance) })
  .meta({ id: 'BalanceReply' });
