import { errorCatalogue, refusalOf, WalletError } from '../../../lib/base/errors';

test('each SQLSTATE belongs to one row, is five characters long and names its status', () => {
  const rows = Object.entries(errorCatalogue).flatMap(([code, row]) => ('sqlstate' in row ? [{ code, ...row }] : []));
  expect(new Set(rows.map((row) => row.sqlstate)).size).toBe(rows.length);
  for (const { code, status, sqlstate } of rows) {
    expect(sqlstate).toMatch(new RegExp(`^W${status}[A-Z]$`));
    expect(refusalOf(sqlstate)).toBe(code);
  }
});

test('a SQLSTATE of PostgreSQL itself is nobody’s refusal', () => {
  expect(['40001', '23505', undefined].map(refusalOf)).toEqual([undefined, undefined, undefined]);
});

test('only what may succeed unchanged is retryable: the service’s own failures and the rate limit', () => {
  const retryable = Object.entries(errorCatalogue).filter(([, row]) => row.retryable);
  expect(retryable.map(([code]) => code)).toEqual(['RATE_LIMITED', 'CONTENTION', 'DATABASE_UNAVAILABLE', 'INTERNAL']);
});

test('an error speaks with its row’s words unless it has better ones', () => {
  expect(new WalletError('CONTENTION')).toMatchObject({
    message: errorCatalogue.CONTENTION.meaning,
    status: 503,
    retryable: true,
  });
  expect(new WalletError('CONTENTION', 'busy').message).toBe('busy');
});
