import { type Route, type RouteId, routeList, routes } from '../../functions/routes';
import { type ErrorCode, errorCatalogue } from '../../lib/base/errors';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type Reply, type Request, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
const usedKey = key();
/** On several nodes a key that another player used is free, so this one has a used key of its own. */
const keyOfFrozen = key();
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'frozen', 'closed', 'rich', 'cold');
  await post('wallet/topup', { idempotencyKey: usedKey });
  await post('wallet/topup', { userId: 'frozen', idempotencyKey: keyOfFrozen });
  for (const status of ['frozen', 'closed']) {
    for (const table of ['user_accounts', 'balances']) {
      await wallet.sql(`UPDATE ${table} SET status = '${status}' WHERE handle = '${status}'`);
    }
  }
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
  const idOf = async (reply: Promise<Reply>): Promise<string> => {
    const { transactionId, holdId } = (await reply).body.data;
    return transactionId ?? holdId;
  };
  known.credit = await idOf(post('wallet/topup', { amount: 50 }));
  known.reversed = await idOf(post('wallet/bonus', {}));
  await about('wallet/reversal', known.reversed, { reason: 'test' });
  known.purchase = await idOf(post('wallet/purchase', { amount: 2 }));
  known.captured = await idOf(post('holds/place', {}));
  await capture(known.captured);
  known.voided = await idOf(post('holds/place', {}));
  await wallet.call('holds/void', { path: { holdId: known.voided } });
  known.expired = await idOf(post('holds/place', {}));
  await wallet.sql("UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = $1", [
    known.expired,
  ]);
  known.held = await idOf(post('holds/place', {}));
  await post('wallet/topup', { userId: 'cold' });
  known.cold = await idOf(post('holds/place', { userId: 'cold' }));
  await wallet.call('admin/set-account-status', { path: { userId: 'cold' }, body: { status: 'frozen' } });
});
afterAll(() => wallet.close());

const post = (id: RouteId, body: object, more: Request = {}): Promise<Reply> =>
  wallet.call(id, {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key(), ...body },
    ...more,
  });

/** Ids of what the requests below are about. */
const known: Record<
  'credit' | 'reversed' | 'purchase' | 'captured' | 'voided' | 'expired' | 'held' | 'cold',
  string
> = {
  credit: '',
  reversed: '',
  purchase: '',
  captured: '',
  voided: '',
  expired: '',
  held: '',
  cold: '',
};
const NOTHING = '00000000-0000-7000-8000-000000000000';

const about = (
  id: 'wallet/refund' | 'wallet/reversal',
  transactionId: string,
  more: object = {},
): Promise<Reply> => wallet.call(id, { body: { transactionId, idempotencyKey: key(), ...more } });
const capture = (holdId: string, more: object = {}): Promise<Reply> =>
  wallet.call('holds/capture', { path: { holdId }, body: { idempotencyKey: key(), ...more } });
const transfer = (fromUserId: string, toUserId: string, more: object = {}): Promise<Reply> =>
  wallet.call('wallet/transfer', {
    body: { fromUserId, toUserId, assetCode: 'GIFT', amount: 1, idempotencyKey: key(), ...more },
  });

const fingerprint = async () =>
  (
    await wallet.sql(`SELECT (SELECT count(*) FROM journal) AS j, (SELECT md5(string_agg(h::text, '' ORDER BY h.id)) FROM holds h) AS h,
      (SELECT md5(string_agg(a.status::text, '' ORDER BY a.id)) FROM accounts a) AS l,
      (SELECT md5(string_agg(b::text, '' ORDER BY b::text)) FROM balances b) AS b, (SELECT count(*) FROM accounts) AS a, (SELECT md5(string_agg(s::text, '')) FROM asset_types s) AS s`)
  )[0];

/** One request per code that its row of the catalogue decides, each leaving no trace. */
const REFUSALS: [ErrorCode, () => Promise<Reply>][] = [
  ['PAYLOAD_TOO_LARGE', () => wallet.call('wallet/topup', { body: 'x'.repeat(64 * 1024 + 1) })],
  ['UNSUPPORTED_MEDIA_TYPE', () => post('wallet/topup', {}, { headers: { 'content-type': 'text/plain' } })],
  ['UNSUPPORTED_MEDIA_TYPE', () => post('wallet/topup', {}, { headers: { 'content-encoding': 'gzip' } })],
  ['MALFORMED_JSON', () => wallet.call('wallet/topup', { body: '{"userId": ' })],
  ['MALFORMED_JSON', () => wallet.call('holds/void', { path: { holdId: known.held }, body: '{' })],
  [
    'UNSUPPORTED_MEDIA_TYPE',
    () =>
      wallet.call('holds/void', {
        path: { holdId: known.held },
        body: '{}',
        headers: { 'content-type': 'text/plain' },
      }),
  ],
  [
    'VALIDATION_ERROR',
    () => wallet.call('holds/void', { path: { holdId: known.held }, body: { reason: 'none' } }),
  ],
  [
    'VALIDATION_ERROR',
    () => wallet.call('wallet/batch', { body: { transactions: [] }, headers: { 'idempotency-key': key() } }),
  ],
  ['VALIDATION_ERROR', () => post('wallet/topup', { amount: -1 })],
  ['USER_NOT_FOUND', () => post('wallet/topup', { userId: 'nobody' })],
  ['USER_NOT_FOUND', () => wallet.call('wallet/balance', { path: { userId: 'nobody' } })],
  ['USER_NOT_FOUND', () => wallet.call('wallet/history', { path: { userId: 'nobody' } })],
  ['USER_NOT_FOUND', () => wallet.call('admin/get-account', { path: { userId: 'nobody' } })],
  ['ASSET_NOT_FOUND', () => post('wallet/topup', { assetCode: 'NOTHING' })],
  [
    'ASSET_NOT_FOUND',
    () => wallet.call('wallet/balance', { path: { userId: 'user_001' }, query: { assetCode: 'NOTHING' } }),
  ],
  [
    'ASSET_NOT_FOUND',
    () => wallet.call('wallet/history', { path: { userId: 'user_001' }, query: { assetCode: 'NOTHING' } }),
  ],
  ['TRANSACTION_NOT_FOUND', () => about('wallet/refund', NOTHING)],
  ['TRANSACTION_NOT_FOUND', () => about('wallet/refund', known.held)],
  ['TRANSACTION_NOT_FOUND', () => about('wallet/reversal', NOTHING, { reason: 'test' })],
  [
    'TRANSACTION_NOT_FOUND',
    () => wallet.call('admin/get-transaction', { path: { transactionId: known.held } }),
  ],
  ['HOLD_NOT_FOUND', () => capture(NOTHING)],
  ['HOLD_NOT_FOUND', () => wallet.call('holds/void', { path: { holdId: known.purchase } })],
  ['HOLD_NOT_FOUND', () => wallet.call('holds/get', { path: { holdId: NOTHING } })],
  ['IDEMPOTENCY_KEY_REUSED', () => post('wallet/topup', { idempotencyKey: usedKey, amount: 2 })],
  ['IDEMPOTENCY_KEY_REUSED', () => post('holds/place', { idempotencyKey: usedKey })],
  ['IDEMPOTENCY_KEY_REUSED', () => capture(known.held, { idempotencyKey: usedKey })],
  ['ACCOUNT_FROZEN', () => post('wallet/purchase', { userId: 'frozen' })],
  ['ACCOUNT_CLOSED', () => post('wallet/purchase', { userId: 'closed' })],
  ['ACCOUNT_CLOSED', () => post('wallet/topup', { userId: 'closed' })],
  [
    'ACCOUNT_CLOSED',
    () => wallet.call('admin/set-account-status', { path: { userId: 'closed' }, body: { status: 'frozen' } }),
  ],
  [
    'ACCOUNT_NOT_EMPTY',
    () =>
      wallet.call('admin/set-account-status', { path: { userId: 'user_001' }, body: { status: 'closed' } }),
  ],
  [
    'ASSET_SCALE_FIXED',
    () =>
      wallet.call('admin/put-asset', { path: { assetCode: 'DIAMOND' }, body: { name: 'Other', scale: 3 } }),
  ],
  ['ASSET_NOT_TRANSFERABLE', () => transfer('user_001', 'user_002', { assetCode: 'GOLD_COIN' })],
  ['AMOUNT_PRECISION', () => post('wallet/topup', { amount: 1.001 })],
  ['SAME_ACCOUNT', () => transfer('user_001', 'user_001')],
  ['NOT_REFUNDABLE', () => about('wallet/refund', known.credit)],
  ['NOT_REVERSIBLE', () => about('wallet/reversal', known.purchase, { reason: 'test' })],
  ['ALREADY_REVERSED', () => about('wallet/reversal', known.reversed, { reason: 'test' })],
  ['REFUND_EXCEEDS_ORIGINAL', () => about('wallet/refund', known.purchase, { amount: 2.01 })],
  ['HOLD_CAPTURED', () => capture(known.captured)],
  ['HOLD_VOIDED', () => capture(known.voided)],
  ['HOLD_EXPIRED', () => capture(known.expired)],
  ['HOLD_EXPIRED', () => wallet.call('holds/void', { path: { holdId: known.expired } })],
  ['CAPTURE_EXCEEDS_HOLD', () => capture(known.held, { amount: 1.01 })],
  ['AMOUNT_PRECISION', () => post('wallet/topup', { amount: '1.001' })],
  ['INSUFFICIENT_FUNDS', () => post('wallet/purchase', { amount: 1_000_000 })],
  ['INSUFFICIENT_FUNDS', () => post('holds/place', { amount: 1_000_000 })],
  ['BALANCE_LIMIT_EXCEEDED', () => post('wallet/topup', { amount: 9_999_999_999_999 })],
];

test.each(REFUSALS)(
  '%s is answered by its row of the catalogue, and the request changes nothing (%#)',
  async (code, request) => {
    const before = await fingerprint();
    const reply = await request();
    const { status, retryable } = errorCatalogue[code];
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({
      success: false,
      error: { code, retryable, requestId: reply.headers['x-request-id'] },
    });
    expect(reply.body.error.message).toBeTruthy();
    expect(await fingerprint()).toEqual(before);
  },
);

test('a frozen account still receives credits', async () => {
  expect((await post('wallet/topup', { userId: 'frozen' })).status).toBe(201);
});

test('a balance can reach the limit, but not exceed it', async () => {
  expect(
    (await post('wallet/topup', { userId: 'rich', amount: '9999999999999.99' })).body.data.newBalance,
  ).toBe(9999999999999.99);
  expect((await post('wallet/topup', { userId: 'rich', amount: '0.01' })).body.error.code).toBe(
    'BALANCE_LIMIT_EXCEEDED',
  );
});

/** Requests that break two rules: the earlier row of the catalogue answers. */
const PRECEDENCE: [ErrorCode, string, () => Promise<Reply>][] = [
  [
    'PAYLOAD_TOO_LARGE',
    'media type',
    () =>
      wallet.call('wallet/topup', {
        body: 'x'.repeat(64 * 1024 + 1),
        headers: { 'content-type': 'text/plain' },
      }),
  ],
  [
    'UNSUPPORTED_MEDIA_TYPE',
    'JSON',
    () => wallet.call('wallet/topup', { body: '{', headers: { 'content-type': 'text/plain' } }),
  ],
  ['VALIDATION_ERROR', 'user', () => post('wallet/topup', { userId: 'nobody', amount: 0 })],
  ['USER_NOT_FOUND', 'asset', () => post('wallet/topup', { userId: 'nobody', assetCode: 'NOTHING' })],
  ['USER_NOT_FOUND', 'key', () => post('wallet/topup', { userId: 'nobody', idempotencyKey: usedKey })],
  ['ASSET_NOT_FOUND', 'key', () => post('wallet/topup', { assetCode: 'NOTHING', idempotencyKey: usedKey })],
  [
    'IDEMPOTENCY_KEY_REUSED',
    'frozen',
    () => post('wallet/purchase', { userId: 'frozen', idempotencyKey: keyOfFrozen }),
  ],
  ['ACCOUNT_FROZEN', 'precision', () => post('wallet/purchase', { userId: 'frozen', amount: 1.001 })],
  ['USER_NOT_FOUND', 'transferability', () => transfer('user_001', 'nobody', { assetCode: 'GOLD_COIN' })],
  ['TRANSACTION_NOT_FOUND', 'key', () => about('wallet/refund', NOTHING, { idempotencyKey: usedKey })],
  ['HOLD_NOT_FOUND', 'key', () => capture(NOTHING, { idempotencyKey: usedKey })],
  [
    'IDEMPOTENCY_KEY_REUSED',
    'refundable',
    () => about('wallet/refund', known.credit, { idempotencyKey: usedKey }),
  ],
  ['IDEMPOTENCY_KEY_REUSED', 'captured', () => capture(known.captured, { idempotencyKey: usedKey })],
  [
    'IDEMPOTENCY_KEY_REUSED',
    'funds',
    () => post('holds/place', { amount: 1_000_000, idempotencyKey: usedKey }),
  ],
  ['ACCOUNT_FROZEN', 'transferability', () => transfer('cold', 'user_001', { assetCode: 'GOLD_COIN' })],
  ['ACCOUNT_FROZEN', 'capture', () => capture(known.cold, { amount: 1_000 })],
  ['ACCOUNT_CLOSED', 'transferability', () => transfer('user_001', 'closed', { assetCode: 'GOLD_COIN' })],
  [
    'ASSET_NOT_TRANSFERABLE',
    'precision',
    () => transfer('user_001', 'user_002', { assetCode: 'GOLD_COIN', amount: 0.001 }),
  ],
  ['AMOUNT_PRECISION', 'same account', () => transfer('user_001', 'user_001', { amount: 0.001 })],
  ['AMOUNT_PRECISION', 'refundable', () => about('wallet/refund', known.credit, { amount: 0.001 })],
  ['AMOUNT_PRECISION', 'captured', () => capture(known.captured, { amount: 0.001 })],
  ['NOT_REFUNDABLE', 'the original', () => about('wallet/refund', known.credit, { amount: 1_000 })],
  ['HOLD_CAPTURED', 'its amount', () => capture(known.captured, { amount: 1_000 })],
  ['HOLD_VOIDED', 'its amount', () => capture(known.voided, { amount: 1_000 })],
  ['HOLD_EXPIRED', 'its amount', () => capture(known.expired, { amount: 1_000 })],
  ['SAME_ACCOUNT', 'funds', () => transfer('user_001', 'user_001', { amount: 1_000_000 })],
  ['ACCOUNT_CLOSED', 'funds', () => post('wallet/purchase', { userId: 'closed', amount: 100 })],
  ['AMOUNT_PRECISION', 'funds', () => post('wallet/purchase', { userId: 'user_001', amount: 1_000_000.001 })],
];

test.each(PRECEDENCE)(
  'a request that breaks two rules is refused with %s, before the rule about %s',
  async (code, _second, request) => {
    expect((await request()).body.error.code).toBe(code);
  },
);

describe('VALIDATION_ERROR names the field and the rule', () => {
  const details = async (id: RouteId, request: Request) =>
    (await wallet.call(id, request)).body.error?.details;
  const body = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: 'k' };

  test.each([
    [
      'an unknown field',
      { ...body, currency: 'X' },
      [{ path: 'currency', message: 'is not a field of this request' }],
    ],
    [
      'no body',
      undefined,
      ['userId', 'assetCode', 'amount', 'idempotencyKey'].map((path) => ({
        path,
        message: expect.any(String),
      })),
    ],
    ['a body that is no object', '[1]', [{ path: '', message: 'must be a JSON object' }]],
    [
      'a user id with a space',
      { ...body, userId: 'a b' },
      [{ path: 'userId', message: expect.stringContaining('1 to 128') }],
    ],
    [
      'a user id that no URL can hold',
      { ...body, userId: '..' },
      [{ path: 'userId', message: expect.stringContaining('not . or ..') }],
    ],
    ['a system account', { ...body, userId: '$treasury' }, [{ path: 'userId', message: expect.any(String) }]],
    [
      'an asset in lower case',
      { ...body, assetCode: 'gold' },
      [{ path: 'assetCode', message: expect.stringContaining('A-Z') }],
    ],
    ['an amount of zero', { ...body, amount: 0 }, [{ path: 'amount', message: 'must be greater than 0' }]],
    [
      'an amount that is no number',
      { ...body, amount: '1e3' },
      [{ path: 'amount', message: expect.stringContaining('decimal') }],
    ],
    [
      'a key that is a number',
      { ...body, idempotencyKey: 5 },
      [{ path: 'idempotencyKey', message: 'must be of type string' }],
    ],
    ['no amount', { ...body, amount: undefined }, [{ path: 'amount', message: 'is required' }]],
    [
      'an amount of the wrong type',
      { ...body, amount: true },
      [{ path: 'amount', message: 'must be a number or a decimal string' }],
    ],
    [
      '16 significant digits',
      { ...body, amount: '12345678901234.56' },
      [{ path: 'amount', message: 'must have at most 15 significant digits' }],
    ],
    [
      'a key with a NUL',
      { ...body, idempotencyKey: 'a\0b' },
      [{ path: 'idempotencyKey', message: expect.stringContaining('printable') }],
    ],
    [
      'a key of 256 characters',
      { ...body, idempotencyKey: 'a'.repeat(256) },
      [{ path: 'idempotencyKey', message: expect.any(String) }],
    ],
    [
      'metadata that is a list',
      { ...body, metadata: [] },
      [{ path: 'metadata', message: 'must be a JSON object' }],
    ],
    [
      'too much metadata',
      { ...body, metadata: { a: 'é'.repeat(4096) } },
      [{ path: 'metadata', message: expect.stringContaining('8192 bytes') }],
    ],
    [
      'metadata with a NUL',
      { ...body, metadata: { a: ['\0'] } },
      [{ path: 'metadata', message: expect.stringContaining('NUL') }],
    ],
    [
      'metadata with half a surrogate pair',
      '{"userId":"user_001","assetCode":"GOLD_COIN","amount":1,"idempotencyKey":"k","metadata":{"\\ud800":1}}',
      [{ path: 'metadata', message: expect.stringContaining('surrogate') }],
    ],
    [
      'a name that is given twice',
      '{"userId":"user_001","assetCode":"GOLD_COIN","amount":1,"idempotencyKey":"k","amount":100}',
      [{ path: 'amount', message: 'is given twice' }],
    ],
    [
      'a name that metadata gives twice',
      '{"userId":"user_001","assetCode":"GOLD_COIN","amount":1,"idempotencyKey":"k","metadata":{"a":[{"b":1,"b":2}]}}',
      [{ path: 'metadata.a.0.b', message: 'is given twice' }],
    ],
    [
      'a number that a double would change',
      '{"userId":"user_001","assetCode":"GOLD_COIN","amount":1.00000000000000001,"idempotencyKey":"k"}',
      [{ path: 'amount', message: expect.stringContaining('would lose digits') }],
    ],
  ])('for %s', async (_name, request, expected) => {
    expect(await details('wallet/topup', { body: request })).toEqual(expected);
  });

  test.each([
    ['limit', '0'],
    ['limit', '201'],
    ['limit', 'ten'],
    ['offset', 'abc'],
    ['offset', '-1'],
    ['offset', '10001'],
    ['cursor', 'nonsense'],
    ['from', 'yesterday'],
    ['to', '2024-02-30T00:00:00Z'],
    ['type', 'GIFT'],
    ['assetCode', 'gold'],
    ['page', '2'],
  ])('when history is asked with %s=%s', async (name, value) => {
    expect(
      await details('wallet/history', { path: { userId: 'user_001' }, query: { [name]: value } }),
    ).toEqual([{ path: name, message: expect.any(String) }]);
  });

  test('for a path that is not percent-encoded text', async () => {
    expect(await details('wallet/balance', { path: { userId: '%' } })).toEqual([
      { path: 'userId', message: expect.any(String) },
    ]);
  });

  test.each(routeList.filter((route) => route.id !== 'wallet/history').map((route) => route.id))(
    'for an unknown query parameter of %s',
    async (id) => {
      expect(
        await details(id, {
          path: { userId: 'user_001', assetCode: 'GOLD_COIN' },
          query: { foo: '1' },
          body,
        }),
      ).toContainEqual({
        path: 'foo',
        message: 'is not a field of this request',
      });
    },
  );

  test('for a cursor with something added', async () => {
    const { nextCursor } = (
      await wallet.call('wallet/history', { path: { userId: 'user_001' }, query: { limit: '1' } })
    ).body.data;
    expect(
      await details('wallet/history', { path: { userId: 'user_001' }, query: { cursor: `${nextCursor}!!` } }),
    ).toHaveLength(1);
  });

  test('and counts all broken rules, but lists only the first 50', async () => {
    const names = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown_${index}`, 1]));
    const element = { type: 'topup', ...body, ...names(6) };
    const refused: [object, number][] = [
      [{ transactions: Array(1_000).fill(element) }, 6_000],
      [{ transactions: [], ...names(50_000) }, 50_001],
      [{ transactions: [{ ...element, metadata: 1 }] }, 7],
    ];
    for (const [sent, count] of refused) {
      const { status, body: reply } = await wallet.call('wallet/batch', { body: sent });
      expect([status, reply.error.code, reply.error.details.length]).toEqual([
        400,
        'VALIDATION_ERROR',
        Math.min(count, 50),
      ]);
      expect(reply.error.issueCount).toBe(count > 50 ? count : undefined);
    }
  });

  test('for the length alone when a list is far too long', async () => {
    const reply = await details('wallet/batch', { body: { transactions: Array(400_000).fill(1) } });
    expect(reply).toEqual([{ path: 'transactions', message: 'must be 1 to 1000 transactions' }]);
  });

  test('but cuts a field name that is too long', async () => {
    const [{ path }] = (await details('wallet/topup', { body: { ...body, ['x'.repeat(60_000)]: 1 } })) as [
      { path: string },
    ];
    expect(path).toBe('x'.repeat(200));
  });

  test('when a void has more fields than it may, and the hold stays active', async () => {
    for (const sent of [{ dryRun: 'yes' }, { amount: 1 }, '[]', '"void"']) {
      expect((await details('holds/void', { path: { holdId: known.held }, body: sent })).length).toBe(1);
    }
    expect((await wallet.call('holds/get', { path: { holdId: known.held } })).body.data.status).toBe(
      'active',
    );
  });

  test.each(routeList.filter(({ body: schema }: Route) => schema === undefined).map(({ id }) => id))(
    'for a body of %s, which accepts none but {}',
    async (id) => {
      const named: Record<string, string> = {
        userId: 'user_001',
        holdId: known.captured,
        transactionId: known.credit,
        groupId: known.credit,
        name: 'game',
        number: '1',
      };
      const query = {
        ...(id === 'admin/find-claim' && { idempotencyKey: 'free' }),
        ...(id === 'proofs/consistency' && { since: '1' }),
        ...(id === 'admin/statement' && { from: '2024-02-01T00:00:00Z', to: '2024-03-01T00:00:00Z' }),
      };
      const names = Object.keys(routes[id as 'holds/void'].params?.shape ?? {});
      const path = Object.fromEntries(names.map((name) => [name, named[name] ?? '']));
      expect(await details(id, { path, query, body: { colour: 1 } })).toEqual([
        { path: 'colour', message: 'is not a field of this request' },
      ]);
      expect((await wallet.call(id, { path, query, body: {} })).status).not.toBe(400);
    },
  );

  test('for everything that is wrong at once', async () => {
    const paths = (await details('admin/put-asset', {
      path: { assetCode: 'a' },
      body: { scale: 7, colour: 1 },
    })) as {
      path: string;
    }[];
    expect(paths.map(({ path }) => path).sort()).toEqual(['assetCode', 'colour', 'name', 'scale']);
  });
});

test('an INTERNAL error is logged with its cause, but the reply does not show the cause', async () => {
  await wallet.sql('ALTER FUNCTION public.read_assets RENAME TO read_assets_gone');
  const reply = await wallet.call('admin/list-assets');
  await wallet.sql('ALTER FUNCTION public.read_assets_gone RENAME TO read_assets');
  expect([reply.status, reply.body.error.code, reply.body.error.retryable]).toEqual([500, 'INTERNAL', true]);
  expect(JSON.stringify(reply.body)).not.toMatch(/read_assets|42883/);
  expect(wallet.lines.join()).toContain('read_assets');
});

test('the ledger still reconciles after all these refusals', async () => {
  expect(await discrepancies(wallet)).toEqual({});
});

test('every code that a SQL function raises is a row of the catalogue', async () => {
  const sources = await wallet.sql("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace");
  const raised = new Set(
    sources.flatMap(({ prosrc }) => [...prosrc.matchAll(/'(W\d{3}[A-Z])'/g)].map(([, code]) => code)),
  );
  const known = Object.values(errorCatalogue).flatMap((row) => ('sqlstate' in row ? [row.sqlstate] : []));
  expect([...raised].sort()).toEqual([...known].sort());
});

test('every route answers something to an empty event', async () => {
  for (const route of routeList) {
    const reply = await wallet.call(route.id, {});
    expect([route.id, typeof reply.body.success]).toEqual([route.id, 'boolean']);
  }
});
