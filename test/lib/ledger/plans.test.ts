import * as fc from 'fast-check';
import { chart } from '../../../lib/ledger/chart';
import { bonus, purchase, topup } from '../../../lib/ledger/plans';
import { requestHash } from '../../../lib/ledger/posting';
import { decimal } from '../../support/decimal';

const request = { userId: 'u', assetCode: 'GOLD_COIN', amount: decimal('25.00'), metadata: { a: 1 } };

test('a top-up moves from the treasury, a bonus from the bonus pool, a purchase to revenue', () => {
  expect(topup(request)).toEqual({
    type: 'TOP_UP',
    debit: '$treasury',
    credit: 'u',
    assetCode: 'GOLD_COIN',
    amount: '25.00',
    metadata: { a: 1 },
  });
  expect(bonus(request)).toMatchObject({ type: 'BONUS', debit: '$bonus_pool', credit: 'u' });
  expect(purchase(request)).toMatchObject({ type: 'PURCHASE', debit: 'u', credit: '$revenue' });
});

test('descriptions read well with and without what metadata may tell', () => {
  expect(chart.TOP_UP.describe('1.00 X', {})).toBe('Top-up of 1.00 X');
  expect(chart.BONUS.describe('1.00 X', { reason: 'Welcome' })).toBe('Bonus of 1.00 X: Welcome');
  expect(chart.BONUS.describe('1.00 X', { reason: 5 })).toBe('Bonus of 1.00 X');
  expect(chart.PURCHASE.describe('25.00 X', { itemName: 'Epic Shield' })).toBe('Purchase Epic Shield for 25.00 X');
  expect(chart.PURCHASE.describe('25.00 X', {})).toBe('Purchase for 25.00 X');
});

const shuffled = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, shuffled(inner)]),
      )
    : value;

test('the hash of a request does not depend on spelling: order of names, zeros behind the point', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (metadata) => {
      const spelledOtherwise = { ...request, amount: decimal('25'), metadata: shuffled(metadata) as Record<string, unknown> };
      expect(requestHash(topup(spelledOtherwise))).toEqual(requestHash(topup({ ...request, metadata })));
    }),
  );
});

test('the hash tells different content apart', () => {
  const hashes = [
    topup(request),
    bonus(request),
    purchase(request),
    topup({ ...request, amount: decimal('250') }),
    topup({ ...request, userId: 'v' }),
    topup({ ...request, assetCode: 'X' }),
    topup({ ...request, metadata: { a: '1' } }),
    topup({ ...request, metadata: {} }),
    topup({ ...request, metadata: undefined }),
  ].map((posting) => requestHash(posting));
  expect(new Set(hashes).size).toBe(hashes.length);
});
