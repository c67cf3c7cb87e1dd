import * as fc from 'fast-check';
import { differences } from '../../../lib/app/differences';

/** Letters stand for the hashes of leaves. */
const named = (signed: string, found: string) =>
  differences([...signed], [...found]).map((difference) =>
    difference.what === 'missing'
      ? `${difference.count} missing before ${found[difference.place] ?? 'the end'}`
      : `${found[difference.place]} ${difference.what}`,
  );

test.each([
  ['abcdef', 'abcdef', []],
  ['abcdef', 'abXdef', ['X changed']],
  ['abcdef', 'abef', ['2 missing before e']],
  ['abcdef', 'cdef', ['2 missing before c']],
  ['abcdef', '', ['6 missing before the end']],
  ['abcdef', 'abXYcdef', ['X inserted', 'Y inserted']],
  ['abcdef', 'abcdefX', ['X inserted']],
  ['abcdef', 'acdebf', ['b moved']],
  ['abcdef', 'aXcdf', ['X changed', '1 missing before f']],
  ['abcdef', 'abXef', ['X changed', '1 missing before e']],
  ['abcdef', 'abbcdef', ['b inserted']],
  ['', 'X', ['X inserted']],
])('the differences from %s to %s are named', (signed, found, expected) => {
  expect(named(signed, found)).toEqual(expected);
});

test('an unchanged leaf is never reported, whatever else was deleted or inserted', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('stays', 'goes', 'comes'), { maxLength: 60 }), (fates) => {
      const leaves = fates.map((fate, index) => ({ fate, hash: `${fate} ${index}` }));
      const signed = leaves.filter(({ fate }) => fate !== 'comes').map(({ hash }) => hash);
      const found = leaves.filter(({ fate }) => fate !== 'goes').map(({ hash }) => hash);
      const told = differences(signed, found);
      const accused = told.flatMap((one) => (one.what === 'missing' ? [] : [found[one.place]]));
      expect(accused).toEqual(found.filter((hash) => hash.startsWith('comes')));
      const gone = told.reduce((sum, one) => {
        const here = one.what === 'missing' ? one.count : Number(one.what === 'changed');
        return sum + here;
      }, 0);
      expect(gone).toBe(fates.filter((fate) => fate === 'goes').length);
    }),
  );
});
