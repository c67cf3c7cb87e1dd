import * as z from 'zod';
import { assetCode, displayName, reason } from './common';

/** Decimals of an asset's amounts; with 15 significant digits, 6 leave room for balances up to 999,999,999. */
const scale = z.int().min(0, 'must be a whole number from 0 to 6').max(6, 'must be a whole number from 0 to 6');

export const assetPath = z.strictObject({ assetCode });

/** Without `transferable` an asset stays as it is; a new one is not transferable. */
export const assetRequest = z.strictObject({
  name: displayName,
  scale,
  transferable: z.boolean().optional(),
  reason: reason.optional(),
});

export const assetReply = z.strictObject({ assetCode, name: z.string(), scale, transferable: z.boolean() });

export const assetsReply = z.strictObject({ assets: z.array(assetReply) });
