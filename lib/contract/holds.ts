import * as z from 'zod';
import { amount, assetCode, idempotencyKey, idOf, jsonObject, metadata, timestamp, userId } from './common';
import { purchaseReply } from './transactions';

/** Seconds: 30 days. What is reserved for longer is a purchase. */
const MAX_SECONDS = 2_592_000;
const DEFAULT_SECONDS = 900;
const SECONDS_RULE = `must be a whole number from 1 to ${MAX_SECONDS}`;

export const holdPath = z.strictObject({ holdId: idOf('hold') });

export const holdRequest = z.strictObject({
  userId,
  assetCode,
  amount,
  expiresInSeconds: z.int(SECONDS_RULE).min(1, SECONDS_RULE).max(MAX_SECONDS, SECONDS_RULE).default(DEFAULT_SECONDS),
  idempotencyKey,
  metadata: metadata.optional(),
});

/** `available`: what is left to spend. */
export const placedHoldReply = z.strictObject({
  holdId: z.uuid(),
  userId,
  assetCode,
  amount: z.number(),
  status: z.literal('active'),
  expiresAt: timestamp,
  available: z.number(),
});

/** capturedAmount and transactionId: of the purchase that captured it, or null. */
export const holdReply = placedHoldReply.omit({ available: true }).extend({
  status: z.enum(['active', 'captured', 'voided', 'expired']),
  capturedAmount: z.number().nullable(),
  transactionId: z.uuid().nullable(),
  metadata: jsonObject,
  createdAt: timestamp,
});

/** Without an amount: all of the hold. */
export const captureRequest = z.strictObject({ amount: amount.optional(), idempotencyKey, metadata: metadata.optional() });

export const captureReply = purchaseReply.extend({ holdId: z.uuid(), releasedAmount: z.number() });
