import * as z from 'zod';
import { displayName, timestamp, userId } from './common';

export const userPath = z.strictObject({ userId });

export const accountRequest = z
  .strictObject({
    name: displayName.optional().meta({ description: 'For people to read. Without it, the name stays as it is.' }),
  })
  .meta({ id: 'AccountRequest' });

const status = z.enum(['active', 'frozen', 'closed'], 'must be active, frozen or closed').meta({
  description:
    'A frozen account pays nothing and holds nothing, but takes credits. A closed one does nothing, and has no balance.',
});

export const statusRequest = z.strictObject({ status }).meta({ id: 'AccountStatusRequest' });

export const accountReply = z
  .strictObject({
    userId,
    name: z.string().nullable(),
    status,
    createdAt: timestamp,
  })
  .meta({ id: 'AccountReply' });
