import * as client from '../../client/src';
import { errorCatalogue } from '../../lib/base/errors';
import { json, serve } from '../support/http-server';

const CLASSES: Record<number, typeof client.WalletError> = {
  400: client.InvalidRequestError,
  401: client.AuthenticationError,
  403: client.PermissionError,
  404: client.NotFoundError,
  409: client.ConflictError,
  413: client.InvalidRequestError,
  415: client.InvalidRequestError,
  422: client.RefusedError,
  429: client.RateLimitError,
  500: client.ServiceError,
  501: client.ServiceError,
  503: client.ServiceError,
};

/** What a call rejects with that is answered so. */
async function errorOf(...answer: Parameters<typeof json>): Promise<client.WalletError> {
  const server = await serve(json(...answer));
  const { accounts } = new client.WalletClient({ baseUrl: server.url, attempts: 1 });
  return accounts
    .get('ada')
    .then(
      () => Promise.reject(new Error('it passed')),
      (error) => error,
    )
    .finally(server.close);
}

test.each(Object.entries(errorCatalogue))(
  'an error %s has its own class and everything that the reply says',
  async (code, row) => {
    const { status, retryable, meaning: message } = row;
    const told = { code, message, retryable, requestId: 'r-1', details: { index: 3 }, issueCount: 60 };
    const error = await errorOf(status, { success: false, error: told });
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(client.WalletError);
    expect(error.constructor).toBe(CLASSES[status]);
    expect(error.name).toBe(CLASSES[status]?.name);
    expect(error).toMatchObject({ ...told, status });
  },
);

test('the type of error codes lists exactly the codes of the catalogue', () => {
  const known = Object.keys(
    errorCatalogue,
  ) as (keyof typeof errorCatalogue)[] satisfies client.ServiceErrorCode[];
  const typed: Record<client.ServiceErrorCode, unknown> = errorCatalogue;
  expect(Object.keys(typed)).toEqual(known);
});

test.each([
  [502, client.ServiceError, true],
  [504, client.ServiceError, true],
  [418, client.WalletError, false],
  [200, client.WalletError, false],
])(
  'a reply %d that is not the wallet’s becomes an UNEXPECTED_REPLY error',
  async (status, Class, retryable) => {
    const error = await errorOf(status, '<html>', { 'x-request-id': 'r-2' });
    expect(error.constructor).toBe(Class);
    expect(error).toMatchObject({ code: 'UNEXPECTED_REPLY', status, retryable, requestId: 'r-2' });
  },
);

test('the client also understands a Retry-After that is a date', async () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const { retryAfterMillis } = await errorOf(503, '', { 'retry-after': inAMinute });
  expect(retryAfterMillis).toBeLessThanOrEqual(60_000);
  expect((await errorOf(503, '', { 'retry-after': 'soon' })).retryAfterMillis).toBeUndefined();
});

test('a call without an answer fails with a ConnectionError', async () => {
  const server = await serve();
  await server.close();
  const { health } = new client.WalletClient({ baseUrl: server.url, attempts: 1 });
  const error = await health().catch((reason) => reason);
  expect(error.constructor).toBe(client.ConnectionError);
  expect(error).toMatchObject({ code: 'CONNECTION_FAILED', status: undefined, retryable: true });
  expect(error.cause.name).toBe('TypeError');
});

test.each([[{}], [{ baseUrl: 'localhost:3000' }], [{ baseUrl: '/api' }]])(
  'a client refuses the options %j, which lack the address of the service',
  (options) => {
    expect(() => new client.WalletClient(options as client.ClientOptions)).toThrow(
      'baseUrl must be the address of the service, such as https://wallet.example',
    );
  },
);
