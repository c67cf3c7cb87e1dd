import { type RouteId, routeList } from '../../functions/routes';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type Request, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
const made = { purchase: '', topup: '', held: '', spare: '' };
const posting = (more: object = {}) => ({
  userId: 'ann',
  assetCode: 'GIFT',
  amount: 1,
  idempotencyKey: key(),
  ...more,
});
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
  await openAccounts(wallet, 'ann', 'bob');
  const idOf = async (id: RouteId, body: object) => {
    const { transactionId, holdId } = (await wallet.call(id, { body })).body.data;
    return holdId ?? transactionId;
  };
  await idOf('wallet/topup', posting({ amount: 100 }));
  made.topup = await idOf('wallet/topup', posting());
  made.purchase = await idOf('wallet/purchase', posting());
  made.held = await idOf('holds/place', posting());
  made.spare = await idOf('holds/place', posting());
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

/** A request that passes, of each operation that can be tried dry. */
const REQUESTS: Partial<Record<RouteId, () => Request>> = {
  'wallet/topup': () => ({ body: posting() }),
  'wallet/bonus': () => ({ body: posting() }),
  'wallet/purchase': () => ({ body: posting() }),
  'wallet/transfer': () => {
    const { userId: fromUserId, ...moved } = posting();
    return { body: { fromUserId, toUserId: 'bob', ...moved } };
  },
  'wallet/refund': () => ({ body: { transactionId: made.purchase, amount: 0.1, idempotencyKey: key() } }),
  'wallet/reversal': () => ({
    body: {
      transactionId: made.topup,
      reason: 'test',
      onInsufficientFunds: 'allow-negative',
      idempotencyKey: key(),
    },
  }),
  'wallet/adjustment': () => ({ body: posting({ direction: 'debit', reason: 'test' }) }),
  'wallet/exchange': () => {
    const [from, to] = [
      { assetCode: 'GIFT', amount: 1 },
      { assetCode: 'DIAMOND', amount: 1 },
    ];
    return { body: { userId: 'ann', from, to, idempotencyKey: key() } };
  },
  'wallet/batch': () => ({
    body: {
      transactions: [
        { type: 'topup', ...posting() },
        { type: 'purchase', ...posting() },
      ],
    },
  }),
  'holds/place': () => ({ body: posting() }),
  'holds/capture': () => ({ path: { holdId: made.held }, body: { idempotencyKey: key() } }),
  'holds/void': () => ({ path: { holdId: made.spare }, body: {} }),
};
const dry = ({ body, ...request }: Request): Request => ({
  ...request,
  body: { ...(body as object), dryRun: true },
});

const LEDGER = ['journal', 'balances', 'holds', 'user_accounts', 'administrative_acts'];
/** Everything that the ledger holds, as one text. */
async function contents(): Promise<string> {
  const sums = LEDGER.map(
    (table) => `(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${table} t)`,
  );
  return JSON.stringify(await wallet.sql(`SELECT ${sums.join(', ')}`));
}

/** What a reply says, without the moment at which it was made. */
function steady(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data).replace(/"\d{4}-\d\d-\d\dT[^"]+Z"/g, '"then"'));
}

test('the dry-run tests cover every operation that moves or reserves money', () => {
  const posts = routeList.filter(
    ({ method, path }) => method === 'POST' && /^\/api\/(transactions|holds)/.test(path),
  );
  expect(Object.keys(REQUESTS).sort()).toEqual(posts.map(({ id }) => id).sort());
});

test.each(Object.entries(REQUESTS) as [RouteId, () => Request][])(
  'a dry run of %s gets the reply of the real request, ids included, and changes nothing',
  async (id, make) => {
    const request = make();
    const before = await contents();
    const tried = await wallet.call(id, dry(request));
    expect([tried.status, tried.body.data.dryRun, await contents()]).toEqual([200, true, before]);
    const done = await wallet.call(id, request);
    expect(done.status).toBe(id === 'holds/void' ? 200 : 201);
    expect(steady(tried.body.data)).toEqual({ ...(steady(done.body.data) as object), dryRun: true });
    expect(done.headers['idempotency-replayed']).toBeUndefined();
    // A key that has posted is told as what it did.
    const again = await wallet.call(id, dry(request));
    expect(steady(again.body.data)).toEqual(steady(tried.body.data));
  },
);

test('a dry run is refused as the real request would be', async () => {
  const before = await contents();
  const [tried, done] = [
    dry({ body: posting({ amount: 1_000_000 }) }),
    { body: posting({ amount: 1_000_000 }) },
  ];
  const replies = [await wallet.call('wallet/purchase', tried), await wallet.call('wallet/purchase', done)];
  const told = replies.map(({ status, body }) => [status, body.error.code, body.error.details]);
  expect(told[0]).toEqual(told[1]);
  expect(told[0]?.[1]).toBe('INSUFFICIENT_FUNDS');
  expect(await contents()).toBe(before);
});

test('dry runs and requests at once do not disturb each other', async () => {
  const rounds = Array.from({ length: 12 }, async (_, round) => {
    const request = { body: posting() };
    return (await wallet.call('wallet/topup', round % 2 === 0 ? request : dry(request))).status;
  });
  expect((await Promise.all(rounds)).sort()).toEqual([...Array(6).fill(200), ...Array(6).fill(201)]);
});
