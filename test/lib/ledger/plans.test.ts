import * as fc from 'fast-check';
import { describe as described } from '../../../lib/ledger/chart';
import { plain } from '../../../lib/ledger/plans';
import { requestHash } from '../../../lib/ledger/posting';
import { decimal } from '../../support/decimal';

const request = { userId: 'u', assetCode: 'GOLD_COIN', amount: decimal('25.00'), metadata: { a: 1 } };

test('a top-up moves from the treasury, a bonus from the bonus pool, a purchase to revenue', () => {
  expect(plain('TOP_UP', request)).toEqual({
    kind: 'TOP_UP',
    debit: '$treasury',
    credit: 'u',
    assetCode: 'GOLD_COIN',
    amount: '25.00',
    metadata: { a: 1 },
  });
  expect(plain('BONUS', request)).toMatchObject({ kind: 'BONUS', debit: '$bonus_pool', credit: 'u' });
  expect(plain('PURCHASE', request)).toMatchObject({ kind: 'PURCHASE', debit: 'u', credit: '$revenue' });
});

test('descriptions read well with and without the optional metadata', () => {
  expect(described('TOP_UP', '1.00 X', {})).toBe('Top-up of 1.00 X');
  expect(described('BONUS', '1.00 X', { reason: 'Welcome' })).toBe('Bonus of 1.00 X: Welcome');
  expect(described('BONUS', '1.00 X', { reason: 5 })).toBe('Bonus of 1.00 X');
  expect(described('PURCHASE', '25.00 X', { itemName: 'Epic Shield' })).toBe(
    'Purchase Epic Shield for 25.00 X',
  );
  expect(described('PURCHASE', '25.00 X', {})).toBe('Purchase for 25.00 X');
  // What a text of the metadata holds is no template.
  expect(described('PURCHASE', '25.00 X', { itemName: '[{amount}]' })).toBe(
    'Purchase [{amount}] for 25.00 X',
  );
});

const shuffled = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, shuffled(inner)]),
      )
    : value;

test('the hash of a request does not depend on the order of names or on trailing zeros', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (metadata) => {
      const spelledOtherwise = {
        ...request,
        amount: decimal('25'),
        metadata: shuffled(metadata) as Record<string, unknown>,
      };
      expect(requestHash(plain('TOP_UP', spelledOtherwise))).toEqual(
        requestHash(plain('TOP_UP', { ...request, metadata })),
      );
    }),
  );
});

test('requests with different content have different hashes', () => {
  const hashes = [
    plain('TOP_UP', request),
    plain('BONUS', request),
    plain('PURCHASE', request),
    plain('TOP_UP', { ...request, amount: decimal('250') }),
    plain('TOP_UP', { ...request, userId: 'v' }),
    plain('TOP_UP', { ...request, assetCode: 'X' }),
    plain('TOP_UP', { ...request, metadata: { a: '1' } }),
    plain('TOP_UP', { ...request, metadata: {} }),
    plain('TOP_UP', { ...request, metadata: undefined }),
  ].map((posting) => requestHash(posting));
  expect(new Set(hashes).size).toBe(hashes.length);
});
