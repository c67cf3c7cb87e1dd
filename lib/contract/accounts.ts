import * as z from 'zod';
import { cursorOf, displayName, integer, reason, timestamp, userId } from './common';

export const userPath = z.strictObject({ userId });

export const accountRequest = z
  .strictObject({
    name: displayName.optional().meta({ description: 'For people to read. Without it, the name stays as it is.' }),
    reason: reason.optional(),
  })
  .meta({ id: 'AccountRequest' });

const status = z.enum(['active', 'frozen', 'closed'], 'must be active, frozen or closed').meta({
  description:
    'A frozen account pays nothing and holds nothing, but takes credits. A closed one does nothing, has no balance, and can only become active.',
});

export const statusRequest = z.strictObject({ status, reason: reason.optional() }).meta({ id: 'AccountStatusRequest' });

export const accountReply = z
  .strictObject({
    userId,
    name: z.string().nullable(),
    status,
    createdAt: timestamp,
  })
  .meta({ id: 'AccountReply' });

/** The cursor is the id of the last act of a page. */
export const actsQuery = z.strictObject({
  limit: integer(1, 200).default(50).meta({ description: 'Acts of a page.' }),
  cursor: cursorOf((text) => (/^[1-9][0-9]{0,17}$/.test(text) ? text : undefined))
    .optional()
    .meta({ description: 'The nextCursor of the page before.' }),
});

const act = z
  .strictObject({
    act: z.enum(['OPENED', 'RENAMED', 'STATUS_CHANGED']),
    principal: z.string().nullable().meta({ description: 'Who did it; null when callers are not checked.' }),
    reason: z.string().nullable(),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The fields that the act changed, as they were; null of something new.' }),
    after: z.record(z.string(), z.unknown()).meta({ description: 'The same fields as the act left them.' }),
    timestamp,
  })
  .meta({ id: 'Act' });

export const actsReply = z
  .strictObject({ userId, acts: z.array(act), nextCursor: z.string().nullable() })
  .meta({ id: 'ActsReply' });
