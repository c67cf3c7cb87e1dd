import * as z from 'zod';
import { assetCode, instant, userId } from './common';

export const balanceQuery = z.strictObject({ assetCode: assetCode.optional(), at: instant.optional() });

export const balanceReply = z.strictObject({
  userId,
  balances: z.array(
    z.strictObject({
      assetCode,
      assetName: z.string(),
      balance: z.number(),
      held: z.number().optional(),
      available: z.number().optional(),
    }),
  ),
});
