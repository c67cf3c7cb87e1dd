import { errorCatalogue, WalletError } from '../../../lib/base/errors';

test('only what may succeed unchanged is retryable: the service’s own failures, the rate limit, what comes later', () => {
  const retryable = Object.entries(errorCatalogue).filter(([, row]) => row.retryable);
  expect(retryable.map(([code]) => code)).toEqual([
    'RATE_LIMITED',
    'PROOF_PENDING',
    'CONTENTION',
    'DATABASE_UNAVAILABLE',
    'INTERNAL',
  ]);
});

test('an error speaks with its row’s words unless it has better ones', () => {
  expect(new WalletError('CONTENTION')).toMatchObject({
    message: errorCatalogue.CONTENTION.meaning,
    status: 503,
    retryable: true,
  });
  expect(new WalletError('CONTENTION', 'busy').message).toBe('busy');
});
