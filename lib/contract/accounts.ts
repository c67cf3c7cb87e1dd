import * as z from 'zod';
import { cursorOf, displayName, integer, reason, timestamp, userId } from './common';

export const userPath = z.strictObject({ userId });

export const accountRequest = z.strictObject({ name: displayName.optional(), reason: reason.optional() });

const status = z.enum(['active', 'frozen', 'closed'], 'must be active, frozen or closed');

export const statusRequest = z.strictObject({ status, reason: reason.optional() });

export const accountReply = z.strictObject({
  userId,
  name: z.string().nullable(),
  status,
  createdAt: timestamp,
});

/** The cursor is the id of the last act of a page. */
export const actsQuery = z.strictObject({
  limit: integer(1, 200).default(50),
  cursor: cursorOf((text) => (/^[1-9][0-9]{0,17}$/.test(text) ? text : undefined)).optional(),
});

/** `before` and `after` hold the fields that the act set; `before` is null of something new. */
const act = z.strictObject({
  act: z.enum(['OPENED', 'RENAMED', 'STATUS_CHANGED']),
  principal: z.string().nullable(),
  reason: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()),
  timestamp,
});

export const actsReply = z.strictObject({ userId, acts: z.array(act), nextCursor: z.string().nullable() });
