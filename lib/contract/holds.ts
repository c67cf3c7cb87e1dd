import * as z from 'zod';
import { amount, assetCode, idempotencyKey, idOf, jsonObject, metadata, timestamp, userId } from './common';
import { purchaseMetadata, purchaseReply } from './transactions';

/** Seconds: 30 days. What is reserved for longer is a purchase. */
const MAX_SECONDS = 2_592_000;
const DEFAULT_SECONDS = 900;
const SECONDS_RULE = `must be a whole number from 1 to ${MAX_SECONDS}`;

export const holdPath = z.strictObject({ holdId: idOf('hold') });

export const holdRequest = z
  .strictObject({
    userId,
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
  })
  .meta({ id: 'HoldRequest' });

export const placedHoldReply = z
  .strictObject({
    holdId: z.uuid(),
    userId,
    assetCode,
    amount: z.number(),
    status: z.literal('active'),
    expiresAt: timestamp,
    available: z.number().meta({ description: 'What the user has left to spend of this asset.' }),
  })
  .meta({ id: 'PlacedHoldReply' });

export const holdReply = placedHoldReply
  .omit({ available: true })
  .extend({
    status: z.enum(['active', 'captured', 'voided', 'expired']),
    capturedAmount: z.number().nullable().meta({ description: 'Of the purchase that captured it; else null.' }),
    transactionId: z.uuid().nullable().meta({ description: 'The purchase that captured it; else null.' }),
    metadata: jsonObject,
    createdAt: timestamp,
  })
  .meta({ id: 'HoldReply' });

export const captureRequest = z
  .strictObject({
    amount: amount.optional().meta({ description: 'At most what is held. Without it: all of the hold.' }),
    idempotencyKey,
    metadata: purchaseMetadata,
  })
  .meta({ id: 'CaptureRequest' });

export const captureReply = purchaseReply
  .extend({ holdId: z.uuid(), releasedAmount: z.number().meta({ description: 'What the hold no longer reserves.' }) })
  .meta({ id: 'CaptureReply' });
