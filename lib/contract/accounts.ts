import * as z from 'zod';
import { displayName, timestamp, userId } from './common';

export const userPath = z.strictObject({ userId });

export const accountRequest = z.strictObject({ name: displayName.optional() });

export const accountReply = z.strictObject({
  userId,
  name: z.string().nullable(),
  status: z.enum(['active', 'frozen', 'closed']),
  createdAt: timestamp,
});
