import * as fc from 'fast-check';
import { findInexactNumber, storageFault } from '../../../lib/base/json';

test('no JSON that JavaScript wrote itself is inexact', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(findInexactNumber(JSON.stringify(value))).toBeUndefined()));
});

test('numbers are the same in any exact spelling', () => {
  for (const json of [
    '[1.0]',
    '[100]',
    '[1e2]',
    '[1E+2]',
    '[-0]',
    '[-0.0]',
    '[0.10]',
    '[1.5e-3]',
    '[0.30000000000000004]',
    '"1.00000000000000001"',
  ]) {
    expect([json, findInexactNumber(json)]).toEqual([json, undefined]);
  }
});

test('a number that would change is found, with its path', () => {
  expect(findInexactNumber('{"a":1,"amount":1.00000000000000001}')).toEqual({ path: 'amount', number: '1.00000000000000001' });
  expect(findInexactNumber('{"amount":1,"metadata":{"amount":12345678901234567890}}')).toEqual({
    path: 'metadata.amount',
    number: '12345678901234567890',
  });
  expect(findInexactNumber('{"a":{"b":[1,{"c":2},[3,1e999]]},"d":1e999}')).toEqual({ path: 'a.b.2.1', number: '1e999' });
  expect(findInexactNumber('[1e400]')).toEqual({ path: '0', number: '1e400' });
  expect(findInexactNumber('{"a \\" 1e999 [{":"1e999","b":1e999}')).toEqual({ path: 'b', number: '1e999' });
});

test('text that PostgreSQL cannot keep is found at any depth', () => {
  expect(storageFault({ a: ['é', '😀', null, 1, true] })).toBeUndefined();
  for (const value of [{ a: '\0' }, [{ 'x\0': 1 }], { a: { b: ['\ud800'] } }, '\udc00']) {
    expect(storageFault(value)).toContain('NUL');
  }
});

test('a hundred levels are kept, one more is not', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
  expect(storageFault(nested(100))).toBeUndefined();
  expect(storageFault(nested(101))).toBe('must be nested at most 100 levels deep');
  expect(storageFault(nested(60_000))).toBe('must be nested at most 100 levels deep');
});
