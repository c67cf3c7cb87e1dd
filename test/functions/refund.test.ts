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

const post = async (
  kind: 'topup' | 'bonus' | 'purchase',
  userId: string,
  amount: number,
): Promise<string> => {
  const body = { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key() };
  return (await wallet.call(`wallet/${kind}`, { body })).body.data.transactionId;
};
const refund = (transactionId: string, more: object = {}) =>
  wallet.call('wallet/refund', { body: { transactionId, idempotencyKey: key(), ...more } });
const reverse = (transactionId: string, more: object = {}) =>
  wallet.call('wallet/reversal', {
    body: { transactionId, idempotencyKey: key(), reason: 'chargeback', ...more },
  });
const NOWHERE = '00000000-0000-7000-8000-000000000000';

describe('refund', () => {
  test('a purchase can be refunded in parts, then the rest, but no more', async () => {
    await openAccounts(wallet, 'ann');
    await post('topup', 'ann', 100);
    const bought = await post('purchase', 'ann', 60);
    const first = await refund(bought, { amount: 10.5 });
    expect([first.status, first.body.data]).toEqual([
      201,
      {
        transactionId: expect.any(String),
        userId: 'ann',
        assetCode: 'GOLD_COIN',
        amount: 10.5,
        newBalance: 50.5,
        timestamp: expect.any(String),
        refundedTransactionId: bought,
        refundableAmount: 49.5,
      },
    ]);
    const over = await refund(bought, { amount: 49.51 });
    expect([over.status, over.body.error]).toMatchObject([
      422,
      { code: 'REFUND_EXCEEDS_ORIGINAL', details: { refundable: 49.5, required: 49.51 } },
    ]);
    expect((await refund(bought)).body.data).toMatchObject({
      amount: 49.5,
      newBalance: 100,
      refundableAmount: 0,
    });
    expect((await refund(bought)).body.error.code).toBe('REFUND_EXCEEDS_ORIGINAL');
    expect((await refund(bought, { amount: 0.01 })).body.error.code).toBe('REFUND_EXCEEDS_ORIGINAL');
  });

  test('a repeated refund gets its first reply, even when more was refunded since', async () => {
    await openAccounts(wallet, 'bea');
    await post('topup', 'bea', 50);
    const bought = await post('purchase', 'bea', 50);
    const once = { amount: 20, idempotencyKey: key() };
    const first = await refund(bought, once);
    const rest = { idempotencyKey: key() };
    const last = await refund(bought, rest);
    const again = await refund(bought, once);
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
      201,
      first.body,
      'true',
    ]);
    expect((await refund(bought, rest)).body).toEqual(last.body);
    expect((await refund(bought, { ...once, amount: 21 })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('64 refunds of one purchase at once never exceed it', async () => {
    await openAccounts(wallet, 'cat');
    await post('topup', 'cat', 20);
    const bought = await post('purchase', 'cat', 20);
    const replies = await Promise.all(Array.from({ length: 64 }, () => refund(bought, { amount: 1 })));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(
      new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.error.code)),
    ).toEqual(new Set(['REFUND_EXCEEDS_ORIGINAL']));
    expect(await balanceOf(wallet, 'cat', 'GOLD_COIN')).toBe(20);
  });

  test('only a purchase can be refunded, not a top-up, a refund or an unknown transaction', async () => {
    await openAccounts(wallet, 'dan');
    const credit = await post('topup', 'dan', 10);
    const given = (await refund(await post('purchase', 'dan', 5))).body.data.transactionId;
    for (const [id, code] of [
      [credit, 'NOT_REFUNDABLE'],
      [given, 'NOT_REFUNDABLE'],
      [NOWHERE, 'TRANSACTION_NOT_FOUND'],
    ] as const) {
      expect([id, (await refund(id)).body.error.code]).toEqual([id, code]);
    }
    // The key and the amount come first.
    const used = { idempotencyKey: key() };
    await refund(await post('purchase', 'dan', 1), used);
    expect((await refund(credit, used)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await refund(credit, { amount: 0.001 })).body.error.code).toBe('AMOUNT_PRECISION');
  });

  test('a refund that writes the transaction id in capitals is a replay, not another request', async () => {
    await openAccounts(wallet, 'ida');
    await post('topup', 'ida', 10);
    const bought = await post('purchase', 'ida', 10);
    const once = { idempotencyKey: key() };
    const first = await refund(bought, once);
    expect((await refund(bought.toUpperCase(), once)).body).toEqual(first.body);
  });

  test('neither half of an exchange, nor a transfer, can be refunded or reversed, whatever their assets', async () => {
    await openAccounts(wallet, 'joy', 'kay');
    const put = (assetCode: string, scale: number, transferable: boolean) =>
      wallet.call('admin/put-asset', { path: { assetCode }, body: { name: assetCode, scale, transferable } });
    await put('SIX', 6, true);
    await post('topup', 'joy', 100);
    const sides = {
      from: { assetCode: 'GOLD_COIN', amount: 10 },
      to: { assetCode: 'SIX', amount: 0.123456 },
    };
    const exchanged = await wallet.call('wallet/exchange', {
      body: { userId: 'joy', ...sides, idempotencyKey: key() },
    });
    const gift = { fromUserId: 'joy', toUserId: 'kay', assetCode: 'SIX', amount: 0.1, idempotencyKey: key() };
    const given = await wallet.call('wallet/transfer', { body: gift });
    await put('SIX', 6, false);
    const { from, to } = exchanged.body.data;
    for (const id of [from.transactionId, to.transactionId, given.body.data.transactionId]) {
      expect((await refund(id)).body.error.code).toBe('NOT_REFUNDABLE');
      expect((await reverse(id)).body.error.code).toBe('NOT_REVERSIBLE');
    }
  });

  test('the trail shows which transaction a refund gives back', async () => {
    await openAccounts(wallet, 'eve');
    await post('topup', 'eve', 10);
    const bought = await post('purchase', 'eve', 10);
    const { transactionId } = (await refund(bought, { metadata: { ticket: 7 } })).body.data;
    const { data } = (await wallet.call('admin/get-transaction', { path: { transactionId } })).body;
    expect(data).toMatchObject({
      typeCode: 'REFUND',
      relatedId: bought,
      metadata: { ticket: 7 },
      entries: [
        {
          account: 'revenue',
          accountType: 'revenue',
          entryType: 'debit',
          amount: 10,
          runningBalance: expect.any(String),
        },
        { account: 'eve', accountType: 'user', entryType: 'credit', amount: 10, runningBalance: 10 },
      ],
    });
  });
});

describe('reversal', () => {
  test.each([
    ['topup', 'treasury'],
    ['bonus', 'bonus_pool'],
  ] as const)('a %s goes back to the %s, and only once', async (kind, account) => {
    const userId = `rev_${kind}`;
    await openAccounts(wallet, userId);
    const credit = await post(kind, userId, 30);
    const once = { idempotencyKey: key() };
    const reply = await reverse(credit, once);
    expect([reply.status, reply.body.data]).toEqual([
      201,
      {
        transactionId: expect.any(String),
        userId,
        assetCode: 'GOLD_COIN',
        amount: 30,
        newBalance: 0,
        timestamp: expect.any(String),
        reversedTransactionId: credit,
      },
    ]);
    const { entries } = (
      await wallet.call('admin/get-transaction', { path: { transactionId: reply.body.data.transactionId } })
    ).body.data;
    expect(entries).toMatchObject([
      { account: userId, entryType: 'debit' },
      { account, entryType: 'credit' },
    ]);
    expect((await reverse(credit, once)).body).toEqual(reply.body);
    expect((await reverse(credit)).body.error.code).toBe('ALREADY_REVERSED');
  });

  test('a reversal goes below zero only on request, and such a balance takes only credits', async () => {
    await openAccounts(wallet, 'fay');
    const credit = await post('topup', 'fay', 30);
    await post('purchase', 'fay', 20);
    const refused = await reverse(credit);
    expect(refused.body.error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { available: 10, required: 30 },
    });
    expect((await reverse(credit, { onInsufficientFunds: 'allow-negative' })).body.data.newBalance).toBe(-20);
    const spend = (amount: number) =>
      wallet.call('wallet/purchase', {
        body: { userId: 'fay', assetCode: 'GOLD_COIN', amount, idempotencyKey: key() },
      });
    expect((await spend(0.01)).body.error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { available: -20 },
    });
    await post('topup', 'fay', 25);
    expect((await spend(5)).body.data.newBalance).toBe(0);
  });

  test('64 reversals of one top-up come at once, and only one passes', async () => {
    await openAccounts(wallet, 'gil');
    const credit = await post('topup', 'gil', 30);
    await post('topup', 'gil', 300);
    const replies = await Promise.all(Array.from({ length: 64 }, () => reverse(credit)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await balanceOf(wallet, 'gil', 'GOLD_COIN')).toBe(300);
  });

  test('only a top-up or a bonus can be reversed', async () => {
    await openAccounts(wallet, 'hal');
    await post('topup', 'hal', 30);
    expect((await reverse(await post('purchase', 'hal', 10))).body.error.code).toBe('NOT_REVERSIBLE');
    expect((await reverse(NOWHERE)).body.error.code).toBe('TRANSACTION_NOT_FOUND');
  });
});
