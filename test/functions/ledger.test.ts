import { homeOf, idOf } from '../../lib/ledger/home';
import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
  await openAccounts(wallet, 'ann', 'bob');
  await wallet.call('wallet/topup', { body: posting('ann', { amount: 100 }) });
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const posting = (userId: string, more: object = {}) => ({
  userId,
  assetCode: 'GIFT',
  amount: 1,
  idempotencyKey: key(),
  ...more,
});
const claim = (idempotencyKey: string, more: object = {}) =>
  wallet.call('admin/find-claim', { query: { idempotencyKey, ...more } });

describe('looking up an idempotency key', () => {
  test('a transaction is found by an id that its caller can compute, for its own user only', async () => {
    const { idempotencyKey, ...request } = posting('ann');
    expect((await claim(idempotencyKey)).body.error.code).toBe('TRANSACTION_NOT_FOUND');
    await wallet.call('wallet/topup', { body: { idempotencyKey, ...request } });
    const { data } = (await claim(idempotencyKey)).body;
    expect(data).toMatchObject({
      id: idOf(homeOf('ann'), idempotencyKey),
      typeCode: 'TOP_UP',
      idempotencyKey,
    });
    const read = await wallet.call('admin/get-transaction', { path: { transactionId: data.id } });
    expect(read.body.data).toEqual(data);
    expect((await claim(idempotencyKey, { userId: 'ann' })).body.data).toEqual(data);
    expect((await claim(idempotencyKey, { userId: 'bob' })).status).toBe(404);
  });

  test('a hold is found by its key', async () => {
    const body = posting('ann');
    const { holdId } = (await wallet.call('holds/place', { body })).body.data;
    const read = await wallet.call('holds/get', { path: { holdId } });
    expect((await claim(body.idempotencyKey)).body.data).toEqual(read.body.data);
  });

  test('the second transaction of a transfer cannot be found by a key of its own', async () => {
    const { userId: fromUserId, ...moved } = posting('ann');
    await wallet.call('wallet/transfer', { body: { fromUserId, toUserId: 'bob', ...moved } });
    expect((await claim(moved.idempotencyKey)).body.data.entries[0]).toMatchObject({
      account: 'ann',
      entryType: 'debit',
    });
    expect((await claim(`${moved.idempotencyKey}\\nto`)).status).toBe(404);
  });
});

describe('groups', () => {
  test('a transfer between homes is two transactions, and each user sees a transfer', async () => {
    const { userId: fromUserId, ...moved } = posting('ann', { amount: 2.5 });
    const { data } = (
      await wallet.call('wallet/transfer', { body: { fromUserId, toUserId: 'bob', ...moved } })
    ).body;
    const group = (await wallet.call('admin/get-group', { path: { groupId: data.groupId } })).body.data;
    const sides = group.transactions.map(({ typeCode, amount, entries }: never) => [
      typeCode,
      amount,
      (entries as { account: string }[]).map(({ account }) => account),
    ]);
    expect(sides).toEqual([
      ['TRANSFER', 2.5, ['ann', 'clearing']],
      ['TRANSFER', 2.5, ['clearing', 'bob']],
    ]);
    const history = await wallet.call('wallet/history', { path: { userId: 'bob' }, query: { limit: '1' } });
    expect(history.body.data.transactions).toMatchObject([
      { id: group.transactions[1].id, typeCode: 'TRANSFER', amount: 2.5, entryType: 'credit' },
    ]);
  });

  test('an exchange and a batch each form a group of their own', async () => {
    const sides = { from: { assetCode: 'GIFT', amount: 1 }, to: { assetCode: 'DIAMOND', amount: 2 } };
    const exchanged = await wallet.call('wallet/exchange', {
      body: { userId: 'ann', ...sides, idempotencyKey: key() },
    });
    const batch = await wallet.call('wallet/batch', {
      body: { transactions: [{ type: 'topup', ...posting('ann') }] },
    });
    for (const [{ body }, kinds] of [
      [exchanged, ['EXCHANGE', 'EXCHANGE']],
      [batch, ['TOP_UP']],
    ] as const) {
      const { transactions } = (
        await wallet.call('admin/get-group', { path: { groupId: body.data.groupId } })
      ).body.data;
      expect(transactions.map(({ typeCode }: { typeCode: string }) => typeCode)).toEqual(kinds);
    }
  });
});

describe('openAccount', () => {
  test('a posting opens the account that it pays only with openAccount, and records the act', async () => {
    const refused = await wallet.call('wallet/bonus', { body: posting('newcomer') });
    expect(refused.body.error.code).toBe('USER_NOT_FOUND');
    const paid = await wallet.call('wallet/bonus', { body: posting('newcomer', { openAccount: true }) });
    expect([paid.status, paid.body.data.newBalance]).toEqual([201, 1]);
    const { acts } = (await wallet.call('admin/list-acts', { path: { userId: 'newcomer' } })).body.data;
    expect(acts.map(({ act }: { act: string }) => act)).toEqual(['OPENED']);
    const again = await wallet.call('wallet/topup', { body: posting('newcomer', { openAccount: true }) });
    expect(again.body.data.newBalance).toBe(2);
  });

  test('a refused posting opens no account', async () => {
    const refused = await wallet.call('wallet/topup', {
      body: posting('ghost', { openAccount: true, amount: 0.001 }),
    });
    expect(refused.body.error.code).toBe('AMOUNT_PRECISION');
    expect((await wallet.call('admin/get-account', { path: { userId: 'ghost' } })).status).toBe(404);
  });

  test('many postings at once open one account', async () => {
    const all = Array.from({ length: 16 }, () =>
      wallet.call('wallet/topup', { body: posting('rush', { openAccount: true }) }),
    );
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(16).fill(201));
    expect(await balanceOf(wallet, 'rush', 'GIFT')).toBe(16);
  });

  test('an element of a batch opens the account for later ones; a skipped one opens none', async () => {
    const elements = [
      { type: 'topup', ...posting('late_comer') },
      { type: 'topup', ...posting('late_comer', { openAccount: true }) },
      { type: 'topup', ...posting('late_comer', { assetCode: 'DIAMOND' }) },
      { type: 'purchase', ...posting('late_comer') },
      { type: 'topup', ...posting('phantom', { openAccount: true, amount: 0.001 }) },
    ];
    const reply = await wallet.call('wallet/batch', { body: { transactions: elements, onError: 'skip' } });
    const failures = reply.body.data.failures.map(({ index, code }: { index: number; code: string }) => [
      index,
      code,
    ]);
    expect(failures).toEqual([
      [0, 'USER_NOT_FOUND'],
      [4, 'AMOUNT_PRECISION'],
    ]);
    expect(await balanceOf(wallet, 'late_comer', 'DIAMOND')).toBe(1);
    expect((await wallet.call('admin/get-account', { path: { userId: 'phantom' } })).status).toBe(404);
  });

  test('only an administrator can post an opening balance, and only in a batch', async () => {
    const transactions = [{ type: 'opening', ...posting('migrant', { amount: 12.5, openAccount: true }) }];
    const refused = await wallet.call('wallet/batch', { body: { transactions }, scopes: 'wallet:write' });
    expect(refused.body.error).toMatchObject({
      code: 'FORBIDDEN',
      details: { index: 0, scopes: ['wallet:admin'] },
    });
    const posted = await wallet.call('wallet/batch', { body: { transactions }, scopes: 'wallet:admin' });
    const { transactionId } = posted.body.data.transactions[0];
    const { data } = (await wallet.call('admin/get-transaction', { path: { transactionId } })).body;
    expect(data).toMatchObject({
      typeCode: 'OPENING_BALANCE',
      entries: [{ account: 'opening' }, { account: 'migrant' }],
    });
  });
});

describe('adjustments', () => {
  test('credit and debit an account, also a frozen one, against the account of adjustments', async () => {
    await wallet.call('wallet/topup', { body: posting('suspect', { openAccount: true, amount: 10 }) });
    await wallet.call('admin/set-account-status', {
      path: { userId: 'suspect' },
      body: { status: 'frozen' },
    });
    const adjust = (direction: string, more: object) =>
      wallet.call('wallet/adjustment', {
        body: posting('suspect', { direction, reason: 'ticket 7', ...more }),
      });
    const debited = await adjust('debit', { amount: 4, metadata: { agent: 'kim' } });
    expect(debited.body.data).toMatchObject({ newBalance: 6, direction: 'debit', reason: 'ticket 7' });
    expect((await adjust('credit', { amount: 1 })).body.data.newBalance).toBe(7);
    expect((await adjust('debit', { amount: 8 })).body.error.code).toBe('INSUFFICIENT_FUNDS');
    const below = await adjust('debit', { amount: 8, onInsufficientFunds: 'allow-negative' });
    expect(below.body.data.newBalance).toBe(-1);
    const history = await wallet.call('wallet/history', {
      path: { userId: 'suspect' },
      query: { type: 'ADJUSTMENT' },
    });
    expect(history.body.data.transactions.at(-1)).toMatchObject({
      type: 'Adjustment',
      description: 'Adjustment of 4.00 GIFT: ticket 7',
      metadata: { agent: 'kim', reason: 'ticket 7' },
    });
  });

  test('name the transaction that they correct, which must belong to the same user', async () => {
    const { transactionId } = (await wallet.call('wallet/topup', { body: posting('ann') })).body.data;
    const adjustment = { direction: 'debit', reason: 'twice', transactionId };
    const posted = await wallet.call('wallet/adjustment', { body: posting('ann', adjustment) });
    const read = await wallet.call('admin/get-transaction', {
      path: { transactionId: posted.body.data.transactionId },
    });
    expect(read.body.data.relatedId).toBe(transactionId);
    const refused = await wallet.call('wallet/adjustment', { body: posting('bob', adjustment) });
    expect(refused.body.error.code).toBe('TRANSACTION_NOT_FOUND');
  });
});

describe('a key whose id collides with that of another key', () => {
  /** Gives the transaction of one key the id that another key has, as if their hashes met. */
  const moveId = (of: string, to: string) =>
    wallet.sql('UPDATE journal SET id = $2 WHERE idempotency_key = $1', [of, idOf(homeOf('ann'), to)]);

  test.each<[string, (body: object) => Parameters<typeof wallet.call>]>([
    ['a posting', (body) => ['wallet/topup', { body }]],
    ['a hold', (body) => ['holds/place', { body }]],
    ['a batch', (body) => ['wallet/batch', { body: { transactions: [{ type: 'topup', ...body }] } }]],
  ])('%s is refused, and the reply does not show the other transaction', async (_, request) => {
    const [other, body] = [posting('ann'), posting('ann')];
    await wallet.call(...request(other));
    await moveId(other.idempotencyKey, body.idempotencyKey);
    const reply = await wallet.call(...request(body));
    const free = await claim(body.idempotencyKey);
    await moveId(other.idempotencyKey, other.idempotencyKey);
    expect([reply.body.error.code, free.status]).toEqual(['IDEMPOTENCY_KEY_REUSED', 404]);
  });
});
