import * as z from 'zod';

export const healthReply = z
  .strictObject({ status: z.literal('ok'), database: z.literal('ok'), version: z.string() })
  .meta({ id: 'HealthReply' });
