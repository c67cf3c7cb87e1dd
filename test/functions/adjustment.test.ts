import { homeOf } from '../../lib/ledger/home';
import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const post = async (kind: 'topup' | 'purchase', userId: string, amount: number): Promise<string> => {
  const body = { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key() };
  return (await wallet.call(`wallet/${kind}`, { body })).body.data.transactionId;
};
const adjust = (userId: string, direction: 'credit' | 'debit', amount: number, more: object = {}) => {
  const body = {
    userId,
    assetCode: 'GOLD_COIN',
    amount,
    direction,
    reason: 'ticket 7',
    idempotencyKey: key(),
    ...more,
  };
  return wallet.call('wallet/adjustment', { body });
};

test('an adjustment credits or debits a balance, and names the transaction that it corrects', async () => {
  await openAccounts(wallet, 'ann');
  const transactionId = await post('topup', 'ann', 100);
  const reply = await adjust('ann', 'debit', 30.5, { transactionId });
  expect([reply.status, reply.body.data]).toMatchObject([
    201,
    { userId: 'ann', amount: 30.5, direction: 'debit', newBalance: 69.5 },
  ]);
  const path = { transactionId: reply.body.data.transactionId };
  expect((await wallet.call('admin/get-transaction', { path })).body.data).toMatchObject({
    typeCode: 'ADJUSTMENT',
    relatedId: transactionId,
    entries: [{ account: 'ann' }, { account: 'adjustments' }],
  });
  expect((await adjust('ann', 'credit', 0.5)).body.data.newBalance).toBe(70);
});

test('an adjustment can debit and credit a frozen account', async () => {
  await openAccounts(wallet, 'ice');
  await post('topup', 'ice', 10);
  await wallet.call('admin/set-account-status', { path: { userId: 'ice' }, body: { status: 'frozen' } });
  expect((await adjust('ice', 'debit', 4)).body.data.newBalance).toBe(6);
  expect((await adjust('ice', 'credit', 1)).body.data.newBalance).toBe(7);
});

test('an adjustment takes more than the player has only on request', async () => {
  await openAccounts(wallet, 'poor');
  await post('topup', 'poor', 10);
  const refused = await adjust('poor', 'debit', 11);
  expect(refused.body.error).toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { available: 10, required: 11 },
  });
  expect(
    (await adjust('poor', 'debit', 11, { onInsufficientFunds: 'allow-negative' })).body.data.newBalance,
  ).toBe(-1);
});

test('a repeated adjustment is a replay; the same key with the other direction is refused', async () => {
  await openAccounts(wallet, 'bob');
  const once = { idempotencyKey: key() };
  const first = await adjust('bob', 'credit', 5, once);
  const again = await adjust('bob', 'credit', 5, once);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
    201,
    first.body,
    'true',
  ]);
  expect((await adjust('bob', 'debit', 5, once)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await balanceOf(wallet, 'bob', 'GOLD_COIN')).toBe(5);
});

test('an adjustment cannot name another player’s transaction, even in the same home', async () => {
  expect(homeOf('near_224')).toBe(homeOf('near_391'));
  await openAccounts(wallet, 'near_224', 'near_391');
  const transactionId = await post('topup', 'near_224', 5);
  expect((await adjust('near_391', 'credit', 5, { transactionId })).body.error.code).toBe(
    'TRANSACTION_NOT_FOUND',
  );
  expect((await adjust('near_224', 'credit', 5, { transactionId })).status).toBe(201);
});
