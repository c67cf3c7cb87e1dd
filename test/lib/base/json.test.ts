import * as fc from 'fast-check';
import { findJsonFault, storageFault } from '../../../lib/base/json';

const faultOf = (json: string) => findJsonFault(json, JSON.parse(json));

test('JSON that JavaScript wrote itself has no fault', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(faultOf(JSON.stringify(value))).toBeUndefined()));
});

test('a number has no fault in any exact spelling', () => {
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
    expect([json, faultOf(json)]).toEqual([json, undefined]);
  }
});

test.each([
  ['{"a":1,"amount":1.00000000000000001}', 'amount', '1.00000000000000001'],
  ['{"amount":1,"metadata":{"amount":12345678901234567890}}', 'metadata.amount', '12345678901234567890'],
  ['{"a":{"b":[1,{"c":2},[3,1e999]]},"d":1e999}', 'a.b.2.1', '1e999'],
  ['[1e400]', '0', '1e400'],
  ['1e400', '', '1e400'],
  ['{"a \\" 1e999 [{":"1e999","b":1e999}', 'b', '1e999'],
])('a number that would lose digits is found, with its path: %s', (json, path, number) => {
  expect(faultOf(json)).toEqual({
    path,
    message: `number ${number} would lose digits as a double: send it as a string`,
  });
});

test.each([
  ['{"amount":1,"amount":100}', 'amount'],
  ['{"amount":1,"\\u0061mount":100}', 'amount'],
  ['{"a":[{},{"b":{"c":1},"d":":","b":2}]}', 'a.1.b'],
  ['{"metadata":{"x":1,"y":{"x":1,"x":1}}}', 'metadata.y.x'],
  ['{"__proto__":1,"__proto__":1}', '__proto__'],
  ['{"":1,"":1}', ''],
  ['{"a\\\\":1,"a\\\\":":"}', 'a\\'],
])('a name that is given twice is found, with its path: %s', (json, path) => {
  expect(faultOf(json)).toEqual({ path, message: 'is given twice' });
});

test('a repeated name is found in any object', () => {
  const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(names, fc.nat(), fc.jsonValue(), (all, which, value) => {
      const repeated = all[which % all.length] ?? '';
      const fields = [...all, repeated].map((name) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
      expect(faultOf(`[{${fields.join(',')}}]`)?.message).toBe('is given twice');
    }),
  );
});

test('a text as large and as deep as a body may be is read without running out of stack', () => {
  const deep = `{"n":1e400,"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
  expect(faultOf(deep)?.path).toBe('n');
  expect(faultOf(`{"a":"${'\\n:'.repeat(300_000)}","b":1,"b":2}`)?.path).toBe('b');
});

test('text that PostgreSQL cannot keep is found at any depth', () => {
  expect(storageFault({ a: ['é', '😀', null, 1, true] })).toBeUndefined();
  for (const value of [{ a: '\0' }, [{ 'x\0': 1 }], { a: { b: ['\ud800'] } }, '\udc00']) {
    expect(storageFault(value)).toContain('NUL');
  }
});

test('a value may be nested a hundred levels deep, but no deeper', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
  expect(storageFault(nested(100))).toBeUndefined();
  expect(storageFault(nested(101))).toBe('must be nested at most 100 levels deep');
  expect(storageFault(nested(60_000))).toBe('must be nested at most 100 levels deep');
});
