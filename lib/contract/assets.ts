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

export const assetPath = z.strictObject({ assetCode });

export const assetRequest = z
  .strictObject({
    name: displayName,
    scale,
    transferable: transferable.optional().meta({
      description:
        'Whether users may move it between each other. Without it, an asset stays as it is; a new one is not.',
    }),
    reason: reason.optional(),
  })
  .meta({ id: 'AssetRequest' });

export const assetReply = z
  .strictObject({ assetCode, name: z.string(), scale, transferable })
  .meta({ id: 'AssetReply' });

export const assetsReply = z.strictObject({ assets: z.array(assetReply) }).meta({ id: 'AssetsReply' });
