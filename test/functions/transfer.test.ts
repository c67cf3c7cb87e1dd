import { onSeveralNodes } from '../support/citus';
import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
  await openAccounts(wallet, 'ann', 'bob', 'cold', 'gone');
  await topup('ann', 100);
  await topup('bob', 100);
  await wallet.call('admin/set-account-status', { path: { userId: 'gone' }, body: { status: 'closed' } });
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const topup = (userId: string, amount: number, assetCode = 'GIFT') =>
  wallet.call('wallet/topup', { body: { userId, assetCode, amount, idempotencyKey: key() } });
const transfer = (fromUserId: string, toUserId: string, amount: number, more: object = {}) =>
  wallet.call('wallet/transfer', {
    body: { fromUserId, toUserId, assetCode: 'GIFT', amount, idempotencyKey: key(), ...more },
  });

test('a transfer debits the sender, credits the recipient, and gives the sender’s balance', async () => {
  await openAccounts(wallet, 'amy', 'ben');
  await topup('amy', 100);
  await topup('ben', 100);
  const reply = await transfer('amy', 'ben', 25.5, { metadata: { note: 'thanks' } });
  expect([reply.status, reply.body.data]).toEqual([
    201,
    {
      transactionId: expect.any(String),
      fromUserId: 'amy',
      toUserId: 'ben',
      groupId: expect.any(String),
      assetCode: 'GIFT',
      amount: 25.5,
      newBalance: 74.5,
      timestamp: expect.stringMatching(/Z$/),
    },
  ]);
  expect([await balanceOf(wallet, 'amy', 'GIFT'), await balanceOf(wallet, 'ben', 'GIFT')]).toEqual([
    74.5, 125.5,
  ]);
  for (const [userId, entryType, runningBalance] of [
    ['amy', 'debit', 74.5],
    ['ben', 'credit', 125.5],
  ] as const) {
    const { transactions } = (
      await wallet.call('wallet/history', { path: { userId }, query: { type: 'TRANSFER' } })
    ).body.data;
    expect(transactions).toMatchObject([
      {
        entryType,
        runningBalance,
        type: 'Transfer',
        description: 'Transfer of 25.50 GIFT',
        metadata: { note: 'thanks' },
      },
    ]);
  }
});

test('an asset that was not made transferable cannot be transferred', async () => {
  await topup('ann', 5, 'GOLD_COIN');
  expect((await transfer('ann', 'bob', 1, { assetCode: 'GOLD_COIN' })).body.error.code).toBe(
    'ASSET_NOT_TRANSFERABLE',
  );
  expect(await balanceOf(wallet, 'ann', 'GOLD_COIN')).toBe(5);
});

test('a transfer that breaks several rules is refused for the first one in the catalogue', async () => {
  const code = async (...request: Parameters<typeof transfer>) =>
    (await transfer(...request)).body.error.code;
  expect(await code('ann', 'nobody', 1)).toBe('USER_NOT_FOUND');
  expect(await code('ann', 'gone', 1)).toBe('ACCOUNT_CLOSED');
  expect(await code('ann', 'ann', 1)).toBe('SAME_ACCOUNT');
  expect(await code('ann', 'ann', 1, { assetCode: 'GOLD_COIN' })).toBe('ASSET_NOT_TRANSFERABLE');
  expect(await code('ann', 'bob', 0.001, { assetCode: 'GOLD_COIN' })).toBe('ASSET_NOT_TRANSFERABLE');
  expect(await code('ann', 'ann', 0.001)).toBe('AMOUNT_PRECISION');
  expect(await code('ann', 'bob', 1_000)).toBe('INSUFFICIENT_FUNDS');
  await wallet.call('admin/set-account-status', { path: { userId: 'cold' }, body: { status: 'frozen' } });
  expect(await code('cold', 'bob', 1)).toBe('ACCOUNT_FROZEN');
  expect((await transfer('ann', 'cold', 1)).status).toBe(201);
});

test('a transfer between two players of one home is one transaction, under the same rules', async () => {
  await openAccounts(wallet, 'near_224', 'near_391');
  await topup('near_224', 10);
  await topup('near_224', 10, 'GOLD_COIN');
  await topup('near_391', 1, 'GOLD_COIN');
  await topup('near_391', 1);
  expect((await transfer('near_224', 'near_391', 4)).body.data).toMatchObject({
    newBalance: 6,
    groupId: null,
  });
  expect(await balanceOf(wallet, 'near_391', 'GIFT')).toBe(5);
  const code = async (...request: Parameters<typeof transfer>) =>
    (await transfer(...request)).body.error.code;
  expect(await code('near_224', 'near_391', 1, { assetCode: 'GOLD_COIN' })).toBe('ASSET_NOT_TRANSFERABLE');
  expect(await code('near_224', 'near_391', 7)).toBe('INSUFFICIENT_FUNDS');
  await wallet.call('admin/set-account-status', { path: { userId: 'near_391' }, body: { status: 'frozen' } });
  expect(await code('near_391', 'near_224', 1)).toBe('ACCOUNT_FROZEN');
  expect((await transfer('near_224', 'near_391', 1)).status).toBe(201);
});

test('a repeated transfer is a replay; the same key with the other direction is refused', async () => {
  const once = { idempotencyKey: key() };
  const first = await transfer('ann', 'bob', 1, once);
  const again = await transfer('ann', 'bob', 1, once);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
    201,
    first.body,
    'true',
  ]);
  const back = await transfer('bob', 'ann', 1, once);
  // On several nodes a key is one name within the payer's home alone.
  expect(back.body.error?.code).toBe(onSeveralNodes ? undefined : 'IDEMPOTENCY_KEY_REUSED');
  await openAccounts(wallet, 'cal');
  await topup('cal', 1);
  // The receiver's home has seen it, whoever pays.
  expect((await transfer('cal', 'bob', 1, once)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('64 transfers back and forth between two users at once all pass, and nothing is lost', async () => {
  await openAccounts(wallet, 'left', 'right');
  await topup('left', 64);
  await topup('right', 64);
  const replies = await Promise.all(
    Array.from({ length: 64 }, (_, worker) =>
      worker % 2 === 0 ? transfer('left', 'right', 1) : transfer('right', 'left', 1),
    ),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(64);
  expect([await balanceOf(wallet, 'left', 'GIFT'), await balanceOf(wallet, 'right', 'GIFT')]).toEqual([
    64, 64,
  ]);
});
