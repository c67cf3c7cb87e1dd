import * as z from 'zod';
import { isUuid } from '../base/ids';
import {
  amount,
  assetCode,
  cursorOf,
  dryRun,
  encodeCursor,
  idempotencyKey,
  idOf,
  integer,
  isDryRun,
  jsonObject,
  metadata,
  onlyAsset,
  timestamp,
  userId,
  writableUserId,
} from './common';
import { only } from './lots';
import { purchaseMetadata, purchaseReply } from './transactions';

/** Seconds: 30 days. What is reserved for longer is a purchase. */
const MAX_SECONDS = 2_592_000;
const DEFAULT_SECONDS = 900;
const SECONDS_RULE = `must be a whole number from 1 to ${MAX_SECONDS}`;

export const holdPath = z.strictObject({ holdId: idOf('hold') });

export const holdRequest = z
  .strictObject({
    userId: writableUserId,
    assetCode,
    amount,
    expiresInSeconds: z
      .int(SECONDS_RULE)
      .min(1, SECONDS_RULE)
      .max(MAX_SECONDS, SECONDS_RULE)
      .default(DEFAULT_SECONDS)
      .meta({ description: 'Seconds after which the hold reserves nothing and cannot be captured.' }),
    idempotencyKey,
    metadata: metadata.optional(),
    only,
    dryRun,
  })
  .meta({ id: 'HoldRequest' });

const holdStatus = z.enum(
  ['active', 'captured', 'voided', 'expired'],
  'must be active, captured, voided or expired',
);

export const placedHoldReply = z
  .strictObject({
    holdId: z.uuid(),
    userId,
    assetCode,
    amount: z.number(),
    status: z.literal('active'),
    expiresAt: timestamp,
    available: z.number().meta({ description: 'What the user has left to spend of this asset.' }),
    dryRun: isDryRun,
  })
  .meta({ id: 'PlacedHoldReply' });

export const holdReply = placedHoldReply
  .omit({ available: true })
  .extend({
    status: holdStatus,
    capturedAmount: z
      .number()
      .nullable()
      .meta({ description: 'Of the purchase that captured it; else null.' }),
    transactionId: z.uuid().nullable().meta({ description: 'The purchase that captured it; else null.' }),
    metadata: jsonObject,
    createdAt: timestamp,
  })
  .meta({ id: 'HoldReply' });

export const voidRequest = z.strictObject({ dryRun }).meta({ id: 'VoidRequest' });

export const captureRequest = z
  .strictObject({
    amount: amount.optional().meta({ description: 'At most what is held. Without it: all of the hold.' }),
    idempotencyKey,
    metadata: purchaseMetadata,
    dryRun,
  })
  .meta({ id: 'CaptureRequest' });

export const captureReply = purchaseReply
  .extend({
    holdId: z.uuid(),
    releasedAmount: z.number().meta({ description: 'What the hold no longer reserves.' }),
  })
  .meta({ id: 'CaptureReply' });

/** Where a page of holds ended: microseconds since the epoch, and the id of its last hold. */
export function holdsCursor({ micros, id }: { micros: string; id: string }): string {
  return encodeCursor(`${micros}.${id}`);
}

export const holdsQuery = z.strictObject({
  status: holdStatus.optional().meta({ description: 'Asks for the holds that stand so now.' }),
  assetCode: onlyAsset,
  limit: integer(1, 200).default(50).meta({ description: 'Holds of a page.' }),
  cursor: cursorOf((text) => {
    const [micros = '', id = '', ...rest] = text.split('.');
    return /^[0-9]{15,16}$/.test(micros) && isUuid(id) && rest.length === 0 ? { micros, id } : undefined;
  })
    .optional()
    .meta({ description: 'The nextCursor of the page before.' }),
});

export const holdsReply = z
  .strictObject({ userId, holds: z.array(holdReply), nextCursor: z.string().nullable() })
  .meta({ id: 'HoldsReply' });
