import * as z from 'zod';
import { isStorableText, storageFault } from '../base/json';
import { MAX_SIGNIFICANT_DIGITS, parseAmount } from '../base/money';

/**
 * Bytes of metadata as JSON text: RDS Proxy pins a session whose statement is larger than 16 KB, so the whole
 * call must stay below.
 */
export const MAX_METADATA_BYTES = 8 * 1024;

/** What a page of another origin may read of a reply beside the body. */
export const EXPOSED_HEADERS = ['x-request-id', 'idempotency-replayed', 'retry-after'];

/** The id of something that was made here; one spelling, so that a repeated request is known again. */
export const idOf = (what: string) =>
  z
    .uuid(`must be the id of a ${what}`)
    .toLowerCase()
    .meta({ description: `The id of a ${what}.` });

export const userId = z
  .string()
  .regex(
    /^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$/,
    'must be 1 to 128 characters of A-Z a-z 0-9 _ . : @ -, and not . or ..',
  )
  .meta({ description: 'A user, by the name that the caller gave it.', example: 'user_001' });

/** Of requests that write. What begins so can be read alone: it is what is left of a person. */
export const writableUserId = userId.refine(
  (text) => !text.startsWith('erased:'),
  'must not begin with erased: (so erased accounts are called, and they do not change any more)',
);

export const assetCode = z
  .string()
  .regex(/^[A-Z0-9_]{1,32}$/, 'must be 1 to 32 characters of A-Z 0-9 _')
  .meta({ description: 'An asset, by its code.', example: 'GOLD_COIN' });

/**
 * Of a query: asks for one asset alone. It has no example: pages fill examples in, and would ask for that
 * asset.
 */
export const onlyAsset = assetCode
  .optional()
  .meta({ description: 'Asks for this asset alone.', example: undefined });

/**
 * A number or a decimal string; decimal text from here on. The asset's scale is checked where the asset is
 * known: in the database.
 */
export const amount = z
  .union([z.number(), z.string()], { error: 'must be a number or a decimal string' })
  .transform((input, context) => {
    const parsed = parseAmount(input);
    if ('rule' in parsed) {
      context.addIssue({ code: 'custom', message: parsed.rule });
      return z.NEVER;
    }
    return parsed.text;
  })
  .meta({
    description:
      'A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most ' +
      `${MAX_SIGNIFICANT_DIGITS} significant digits.`,
    example: 25,
  });

export const idempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
  .meta({
    description:
      'Names this one posting for ever: sent again with the same key, it is answered as the first time.',
    example: 'topup-user001-20240215-1234',
  });

export const dryRun = z
  .boolean()
  .optional()
  .meta({
    description:
      'true decides everything and does nothing: the reply is what this request would get now, its key stays ' +
      'free, and its ids are those that it would have.',
    example: undefined,
  });

/** Of a reply to a dry run. */
export const isDryRun = z
  .literal(true)
  .optional()
  .meta({ description: 'true when this was a dry run: nothing was done.' });

/** Taken as it is: a copy would lose the name __proto__. */
export const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a JSON object',
  )
  .meta({ additionalProperties: true });

export const metadata = jsonObject
  .superRefine((value, context) => {
    const fault =
      storageFault(value) ??
      (Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA_BYTES
        ? `must be at most ${MAX_METADATA_BYTES} bytes as JSON text`
        : undefined);
    if (fault !== undefined) {
      context.addIssue({ code: 'custom', message: fault });
    }
  })
  .meta({
    description: `A JSON object that the caller wants to keep with it, of at most ${MAX_METADATA_BYTES} bytes as JSON text.`,
  });

/** Text for people to read. */
const readableText = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must be at most ${maxLength} characters`)
    .refine(isStorableText, 'must hold no NUL character and no unpaired surrogate');

export const displayName = readableText(255);

/** Why somebody acts on an account or an asset. */
export const reason = readableText(500).meta({
  description: 'Why this is done; kept in the acts of the account or asset.',
});

/**
 * An opaque place in a list, of an earlier answer. `parse` answers what it stands for, or undefined when
 * `text` is no such place.
 */
export const cursorOf = <Place>(parse: (text: string) => Place | undefined) =>
  z.string().transform((text, context): Place => {
    const place = parse(Buffer.from(text, 'base64url').toString('latin1'));
    // Decoders of base64 pass over what does not belong.
    if (place === undefined || Buffer.from(text, 'base64url').toString('base64url') !== text) {
      context.addIssue({ code: 'custom', message: 'must be a nextCursor of an earlier page' });
      return z.NEVER;
    }
    return place;
  });

export function encodeCursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const ISO_TIME = 'must be an ISO 8601 time with its offset, such as 2024-02-15T10:30:00.000Z';

const isoTime = z.iso.datetime({ offset: true });

/** An instant of a query. A `+` that a caller forgot to encode arrives as a space: it is the same offset. */
export const instant = z
  .string()
  .transform((text, context) => {
    const { success, data } = isoTime.safeParse(text.replace(' ', '+'));
    const date = new Date(success ? data : Number.NaN);
    if (date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999) {
      return date;
    }
    context.addIssue({ code: 'custom', message: ISO_TIME });
    return z.NEVER;
  })
  .meta({ format: 'date-time', description: 'An ISO 8601 time with its offset.' });

/** An instant of a reply: UTC, milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 }).meta({ example: '2024-02-15T10:30:00.000Z' });

/** A whole number of a query, `min` to `max`. */
export function integer(min: number, max: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform((text, context) => {
      const value = Number(text);
      if (value < min || value > max) {
        context.addIssue({ code: 'custom', message: `must be a whole number from ${min} to ${max}` });
      }
      return value;
    })
    .meta({ type: 'integer', minimum: min, maximum: max });
}
