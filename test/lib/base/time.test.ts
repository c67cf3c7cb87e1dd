import { utcOfMicros } from '../../../lib/base/time';

test('microseconds since the epoch keep all their digits as a text', () => {
  expect(utcOfMicros('1764100800123456')).toBe('2025-11-25T20:00:00.123456Z');
  expect(utcOfMicros('1764100800000001')).toBe('2025-11-25T20:00:00.000001Z');
  expect(utcOfMicros('999999999999999')).toBe('2001-09-09T01:46:39.999999Z');
});
