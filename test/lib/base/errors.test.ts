import { errorCatalogue, WalletError } from '../../../lib/base/errors';

test('only errors whose request may succeed unchanged are retryable', () => {
  const retryable = Object.entries(errorCatalogue).filter(([, row]) => row.retryable);
  expect(retryable.map(([code]) => code)).toEqual([
    'RATE_LIMITED',
    'PROOF_PENDING',
    'CONTENTION',
    'DATABASE_UNAVAILABLE',
    'INTERNAL',
  ]);
});

test('an error uses the message of its row unless it is given a better one', () => {
  expect(new WalletError('CONTENTION')).toMatchObject({
    message: errorCatalogue.CONTENTION.meaning,
    status: 503,
    retryable: true,
  });
  expect(new WalletError('CONTENTION', 'busy').message).toBe('busy');
});
