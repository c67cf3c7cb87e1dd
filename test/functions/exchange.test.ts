import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'ann', 'poor', 'full');
  await topup('ann', 'GOLD_COIN', 1_000);
  await topup('full', 'GOLD_COIN', 10);
  await topup('full', 'DIAMOND', '9999999999999.99');
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const topup = (userId: string, assetCode: string, amount: number | string) =>
  wallet.call('wallet/topup', { body: { userId, assetCode, amount, idempotencyKey: key() } });
const exchange = (userId: string, from: number, to: number, more: object = {}) => {
  const body = {
    userId,
    from: { assetCode: 'GOLD_COIN', amount: from },
    to: { assetCode: 'DIAMOND', amount: to },
  };
  return wallet.call('wallet/exchange', { body: { ...body, idempotencyKey: key(), ...more } });
};

test('an exchange is two transactions of one group, by way of the treasury', async () => {
  await openAccounts(wallet, 'ada');
  await topup('ada', 'GOLD_COIN', 1_000);
  const reply = await exchange('ada', 100, 5);
  const { data } = reply.body;
  expect([reply.status, data]).toEqual([
    201,
    {
      groupId: expect.any(String),
      userId: 'ada',
      from: { transactionId: expect.any(String), assetCode: 'GOLD_COIN', amount: 100, newBalance: 900 },
      to: { transactionId: expect.any(String), assetCode: 'DIAMOND', amount: 5, newBalance: 5 },
      timestamp: expect.any(String),
    },
  ]);
  for (const [transactionId, accounts] of [
    [data.from.transactionId, ['ada', 'treasury']],
    [data.to.transactionId, ['treasury', 'ada']],
  ]) {
    const audit = (await wallet.call('admin/get-transaction', { path: { transactionId } })).body.data;
    expect([
      audit.typeCode,
      audit.groupId,
      audit.entries.map(({ account }: { account: string }) => account),
    ]).toEqual(['EXCHANGE', data.groupId, accounts]);
  }
});

test('a repeated exchange is a replay of both sides', async () => {
  const once = { idempotencyKey: key() };
  const first = await exchange('ann', 10, 1, once);
  const again = await exchange('ann', 10, 1, once);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
    201,
    first.body,
    'true',
  ]);
  expect((await exchange('ann', 10, 2, once)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('when one side of an exchange is refused, neither side is posted and the key stays free', async () => {
  const once = { idempotencyKey: key() };
  const refused = await exchange('full', 1, 1, once);
  expect(refused.body.error.code).toBe('BALANCE_LIMIT_EXCEEDED');
  expect(await balanceOf(wallet, 'full', 'GOLD_COIN')).toBe(10);
  const other = { ...once, to: { assetCode: 'LOYALTY_POINT', amount: 1 } };
  expect((await exchange('full', 1, 1, other)).status).toBe(201);
});

test('an exchange that breaks several rules is refused for the first one in the catalogue', async () => {
  const code = async (...request: Parameters<typeof exchange>) =>
    (await exchange(...request)).body.error.code;
  expect(await code('nobody', 1, 1)).toBe('USER_NOT_FOUND');
  expect(await code('poor', 1, 1, { to: { assetCode: 'NOTHING', amount: 1 } })).toBe('ASSET_NOT_FOUND');
  expect(await code('poor', 1, 1)).toBe('INSUFFICIENT_FUNDS');
  expect(await code('poor', 1, 0.001)).toBe('AMOUNT_PRECISION');
  const { error } = (await exchange('ann', 1, 1, { to: { assetCode: 'GOLD_COIN', amount: 1 } })).body;
  expect([error.code, error.details]).toEqual([
    'VALIDATION_ERROR',
    [{ path: 'to.assetCode', message: 'must differ from from.assetCode' }],
  ]);
});

test('exchanges in both directions at once all pass', async () => {
  await openAccounts(wallet, 'both');
  await topup('both', 'GOLD_COIN', 32);
  await topup('both', 'DIAMOND', 32);
  const back = { from: { assetCode: 'DIAMOND', amount: 1 }, to: { assetCode: 'GOLD_COIN', amount: 1 } };
  const replies = await Promise.all(
    Array.from({ length: 32 }, (_, worker) => exchange('both', 1, 1, worker % 2 ? back : {})),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(32).fill(201));
  expect([await balanceOf(wallet, 'both', 'GOLD_COIN'), await balanceOf(wallet, 'both', 'DIAMOND')]).toEqual([
    32, 32,
  ]);
});
