import * as fc from 'fast-check';
import {
  amountToNumber,
  canonicalAmount,
  parseAmount,
  plainDecimal,
  writtenDecimal,
} from '../../../lib/base/money';
import { decimal } from '../../support/decimal';

/** Decimal text of at most 15 significant digits, greater than zero. */
const amountText = fc
  .tuple(fc.stringMatching(/^(0|[1-9][0-9]{0,8})$/), fc.stringMatching(/^[0-9]{0,6}$/))
  .map(([whole, fraction]) => (fraction === '' ? whole : `${whole}.${fraction}`))
  .filter((text) => /[1-9]/.test(text));

test('a text is accepted exactly as it is written', () => {
  fc.assert(fc.property(amountText, (text) => expect(parseAmount(text)).toEqual({ text })));
});

test('a number is accepted as the decimal that it prints', () => {
  fc.assert(
    fc.property(amountText, (text) =>
      expect(parseAmount(Number(text))).toEqual({ text: canonicalAmount(decimal(text)) }),
    ),
  );
});

test('an amount of 15 digits stays the same when it is sent as a number and read back', () => {
  fc.assert(
    fc.property(amountText, (text) =>
      expect(plainDecimal(String(amountToNumber(decimal(text))))).toBe(canonicalAmount(decimal(text))),
    ),
  );
});

test('writtenDecimal accepts decimals of the database and throws on anything else', () => {
  expect(['0', '-25.10', '123456789012345.000001'].map(writtenDecimal)).toEqual([
    '0',
    '-25.10',
    '123456789012345.000001',
  ]);
  for (const text of ['', 'NaN', '-Infinity', '1e3', '"1"', '1,2']) {
    expect(() => writtenDecimal(text)).toThrow('for a decimal');
  }
});

test('the canonical spelling drops only the trailing zeros after the point', () => {
  expect(['25.10', '25.00', '100', '0.500', '10'].map((text) => canonicalAmount(decimal(text)))).toEqual([
    '25.1',
    '25',
    '100',
    '0.5',
    '10',
  ]);
});

test.each([
  '',
  ' 1',
  '1 ',
  '+1',
  '-1',
  '1e3',
  '1.',
  '.5',
  '01',
  '1,5',
  '0x10',
  'NaN',
  'Infinity',
  '١',
  '1_000',
])('parseAmount refuses "%s"', (text) => {
  expect(parseAmount(text)).toEqual({ rule: expect.stringContaining('decimal number') });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, -0.5])('parseAmount refuses the number %s', (number) => {
  expect(parseAmount(number)).toHaveProperty('rule');
});

test.each([0, -0, '0', '0.00'])('parseAmount refuses zero: %s', (input) => {
  expect(parseAmount(input)).toEqual({ rule: 'must be greater than 0' });
});

test('parseAmount refuses a sixteenth significant digit, wherever the point is', () => {
  for (const text of ['1234567890123456', '1.234567890123456', '0.1234567890123456', '1000000000000000']) {
    expect(parseAmount(text)).toHaveProperty('rule');
    expect(parseAmount(text.slice(0, -1))).toEqual({ text: text.slice(0, -1) });
  }
  expect(parseAmount('0.000000000000001')).toEqual({ text: '0.000000000000001' });
});

test('plainDecimal writes out exponents', () => {
  expect(['1e-7', '1.5e-7', '1e21', '1.25e+22', '-2e3', '12.5e1', '7'].map(plainDecimal)).toEqual([
    '0.0000001',
    '0.00000015',
    '1000000000000000000000',
    '12500000000000000000000',
    '-2000',
    '125',
    '7',
  ]);
});
