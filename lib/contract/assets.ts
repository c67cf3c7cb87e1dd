import * as z from 'zod';
import { assetCode, displayName, reason } from './common';

/**
 * Decimals of an asset's amounts; with 15 significant digits, 6 leave room for balances up to 999,999,999.
 */
const scale = z
  .int()
  .min(0, 'must be a whole number from 0 to 6')
  .max(6, 'must be a whole number from 0 to 6')
  .meta({ description: 'Decimals that its amounts may have. It cannot be changed later.', example: 2 });

const transferable = z.boolean().meta({ description: 'Whether users may move it between each other.' });

const lots = z.boolean().meta({
  description:
    'Whether balances are kept in lots, with an origin, a source and an expiry. It cannot be changed later.',
});

const burnOrder = z
  .enum(['expiring-first', 'free-first', 'paid-first'], 'must be expiring-first, free-first or paid-first')
  .meta({
    description:
      'Which lots of one priority burn first: the earliest to expire, then free ones; or those of an origin, then ' +
      'the earliest to expire. At last the oldest.',
  });

const GRACE_RULE = 'must be a whole number from 0 to 1000000000';
const refundGraceSeconds = z
  .int(GRACE_RULE)
  .min(0, GRACE_RULE)
  .max(1_000_000_000, GRACE_RULE)
  .meta({ description: 'What a lot has left to live that a refund puts back after it has expired.' });

const paidExpires = z.boolean().meta({ description: 'Whether a paid credit may have an expiry.' });

export const assetPath = z.strictObject({ assetCode });

export const assetRequest = z
  .strictObject({
    name: displayName,
    scale,
    transferable: transferable.optional().meta({
      description:
        'Whether users may move it between each other. Without it, an asset stays as it is; a new one is not.',
    }),
    lots: lots.optional().meta({ example: undefined }),
    burnOrder: burnOrder.optional().meta({ example: undefined }),
    refundGraceSeconds: refundGraceSeconds.optional().meta({ example: undefined }),
    paidExpires: paidExpires.optional().meta({ example: undefined }),
    reason: reason.optional(),
  })
  .meta({ id: 'AssetRequest' });

export const assetReply = z
  .strictObject({
    assetCode,
    name: z.string(),
    scale,
    transferable,
    lots: lots.optional(),
    burnOrder: burnOrder.optional(),
    refundGraceSeconds: refundGraceSeconds.optional(),
    paidExpires: paidExpires.optional(),
  })
  .meta({ id: 'AssetReply' });

export const assetsReply = z.strictObject({ assets: z.array(assetReply) }).meta({ id: 'AssetsReply' });
