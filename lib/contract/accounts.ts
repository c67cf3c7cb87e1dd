import * as z from 'zod';
import { displayName, timestamp, userId } from './common';

export const userPath = z.strictObject({ userId });

export const accountRequest = z.strictObject({ name: displayName.optional() });

const status = z.enum(['active', 'frozen', 'closed'], 'must be active, frozen or closed');

export const statusRequest = z.strictObject({ status });

export const accountReply = z.strictObject({
  userId,
  name: z.string().nullable(),
  status,
  createdAt: timestamp,
});
