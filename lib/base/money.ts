/**
 * Amounts are decimal text from the wire to `numeric`. Nothing here adds, rounds or compares: a text is taken
 * as written or refused.
 */

declare const decimal: unique symbol;

/**
 * Decimal text of an amount or a balance: parseAmount has checked it, or the database wrote it. No other text
 * passes for one.
 */
export type DecimalText = string & { readonly [decimal]: true };

/** More would not survive a client's double: 15 is DBL_DIG of IEEE 754 binary64. */
export const MAX_SIGNIFICANT_DIGITS = 15;

/** As PostgreSQL writes a finite numeric. */
const WRITTEN = /^-?[0-9]+(\.[0-9]+)?$/;
const DECIMAL = /^(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/** An amount of a request as decimal text, or the rule that it breaks. */
export function parseAmount(input: number | string): { text: DecimalText } | { rule: string } {
  const text = typeof input === 'number' ? plainDecimal(String(input)) : input;
  if (!DECIMAL.test(text)) {
    return { rule: 'must be a positive decimal number, such as 25 or "25.10"' };
  }
  if (!/[1-9]/.test(text)) {
    return { rule: 'must be greater than 0' };
  }
  if (significantDigits(text) > MAX_SIGNIFICANT_DIGITS) {
    return { rule: `must have at most ${MAX_SIGNIFICANT_DIGITS} significant digits` };
  }
  return { text: text as DecimalText };
}

/** What the database wrote of a numeric, within a longer text. */
export function writtenDecimal(text: string): DecimalText {
  if (!isWrittenDecimal(text)) {
    throw new Error(`the database wrote ${text} for a decimal`);
  }
  return text;
}

function isWrittenDecimal(text: string): text is DecimalText {
  return WRITTEN.test(text);
}

/** The one spelling of a decimal: "25.10", "25.100" and "25.1" are the same amount. */
export function canonicalAmount(text: DecimalText): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A balance for the wire; exact because the ledger refuses balances of more than 15 significant digits. */
export function amountToNumber(text: DecimalText): number {
  return Number(text);
}

function significantDigits(text: string): number {
  return text.replace('.', '').replace(/^0+/, '').length;
}

/**
 * Undoes the exponent that JavaScript prints for small and large numbers: 1e-7 is 0.0000001. Other text comes
 * back as it is.
 */
export function plainDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/.exec(text);
  if (match === null) {
    return text;
  }
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return point >= digits.length
    ? sign + digits + '0'.repeat(point - digits.length)
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
