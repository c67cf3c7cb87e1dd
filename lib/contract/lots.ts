import * as z from 'zod';
import { amount, assetCode, idOf, instant, onlyAsset, timestamp, userId } from './common';

const ORIGIN_RULE = 'must be paid or free';
const SOURCE_RULE = 'must be 1 to 32 characters of A-Z a-z 0-9 _ . -';
const SOURCES_RULE = 'must be a list of 1 to 32 sources';
const PRIORITY_RULE = 'must be a whole number from 0 to 100';
/** Seconds: some 31 years. */
const MAX_SECONDS = 1_000_000_000;
const SECONDS_RULE = `must be a whole number from 1 to ${MAX_SECONDS}`;

export const lotOrigin = z.enum(['paid', 'free'], ORIGIN_RULE);
const source = z.string().regex(/^[A-Za-z0-9_.-]{1,32}$/, SOURCE_RULE);
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR (ISO 4217)')
  .meta({ example: 'EUR' });

/** What a credit of an asset with lots may say of its lot. Assets without lots refuse these. */
export const creditFields = {
  origin: lotOrigin.optional().meta({
    description: 'Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others.',
    example: undefined,
  }),
  source: source.optional().meta({
    description: 'Where it was bought or given, such as a shop or a platform.',
    example: undefined,
  }),
  priority: z
    .int(PRIORITY_RULE)
    .min(0, PRIORITY_RULE)
    .max(100, PRIORITY_RULE)
    .optional()
    .meta({ description: 'Lots of a lower priority burn first. Without it: 50.', example: undefined }),
  expiresAt: instant.optional().meta({
    format: 'date-time',
    description: 'From this time on, cut to the second, what is left of it is gone.',
    example: undefined,
  }),
  expiresInSeconds: z
    .int(SECONDS_RULE)
    .min(1, SECONDS_RULE)
    .max(MAX_SECONDS, SECONDS_RULE)
    .optional()
    .meta({ description: 'In place of `expiresAt`: seconds from now.', example: undefined }),
  cost: z
    .strictObject({
      // Its share of any part of the lot then is a number that a double holds.
      amount: amount.refine(
        (text) => /^\d{1,9}(\.\d{1,6})?$/.test(text),
        'must have at most 9 digits before the point and 6 after it',
      ),
      currency,
    })
    .meta({ id: 'CreditCost', description: 'Of a paid credit: what the user paid for it.' })
    .optional()
    .meta({ example: undefined }),
};

type CreditFields = { [Name in keyof typeof creditFields]?: z.output<(typeof creditFields)[Name]> };

/** What holds between the fields of a credit. `paidByDefault`: what its origin is when it says none. */
export function checkCredit(paidByDefault: boolean) {
  return (credit: CreditFields, context: z.RefinementCtx): void => {
    if (credit.expiresAt !== undefined && credit.expiresInSeconds !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['expiresInSeconds'],
        message: 'must not be given beside expiresAt',
      });
    }
    if (credit.cost !== undefined && (credit.origin ?? (paidByDefault ? 'paid' : 'free')) !== 'paid') {
      context.addIssue({ code: 'custom', path: ['cost'], message: 'must be of a credit of origin paid' });
    }
  };
}

/** What a debit of an asset with lots may say of the lots that it burns. */
export const only = z
  .strictObject({
    origin: lotOrigin.optional(),
    sources: z.array(source, SOURCES_RULE).min(1, SOURCES_RULE).max(32, SOURCES_RULE).optional(),
  })
  .refine((given) => given.origin !== undefined || given.sources !== undefined, {
    error: 'must name an origin or sources',
  })
  .meta({
    id: 'OnlyLots',
    description: 'Burns from the lots of this origin, or of one of these sources, alone.',
  })
  .optional()
  .meta({ example: undefined });

export const lotId = idOf('lot');

const cost = z
  .strictObject({ amount: z.number(), currency: z.string() })
  .meta({ id: 'LotCost', description: 'What the user paid for this amount.' })
  .optional();

/** What a transaction made or burned of a lot. */
const piece = z
  .strictObject({
    lotId: z.uuid().meta({ description: 'The lot: one of a balance, by its id.' }),
    origin: lotOrigin,
    source: z.string().nullable(),
    priority: z.number(),
    expiresAt: timestamp.nullable(),
    amount: z.number(),
    cost,
  })
  .meta({ id: 'LotPiece' });

/** Of a reply about an asset with lots. */
export const lots = z
  .array(piece)
  .optional()
  .meta({ description: 'Of an asset with lots: what this made, or burned.' });

export type LotPiece = z.input<typeof piece>;

export const lotsQuery = z.strictObject({ assetCode: onlyAsset });

export const lotsReply = z
  .strictObject({
    userId,
    lots: z.array(
      piece
        .extend({
          assetCode,
          held: z.number().meta({ description: 'What live holds reserve of it, within its amount.' }),
        })
        .meta({ id: 'Lot' }),
    ),
  })
  .meta({ id: 'LotsReply', description: 'Live lots, in the order in which they burn.' });
