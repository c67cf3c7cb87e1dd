import { homeOf } from '../../lib/ledger/home';
import { onSeveralNodes } from '../support/citus';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const topup = (body: object) =>
  wallet.call('wallet/topup', { body: { assetCode: 'GOLD_COIN', idempotencyKey: key(), ...body } });
const balanceOf = async (userId: string, query: Record<string, string> = {}) =>
  (await wallet.call('wallet/balance', { path: { userId }, query })).body.data.balances;

describe('top-up, bonus and purchase', () => {
  test('a top-up credits the user and answers as the contract says', async () => {
    await openAccounts(wallet, 'ann');
    const reply = await topup({ userId: 'ann', amount: 100.5, metadata: { paymentId: 'pay_1' } });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      success: true,
      data: {
        transactionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        userId: 'ann',
        assetCode: 'GOLD_COIN',
        amount: 100.5,
        newBalance: 100.5,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
    expect(reply.headers['x-request-id']).toBeTruthy();
  });

  test('a bonus replies with its reason, and a purchase with its item, or null without one', async () => {
    await openAccounts(wallet, 'bob');
    const post = (id: 'wallet/bonus' | 'wallet/purchase', metadata?: object) =>
      wallet.call(id, {
        body: { userId: 'bob', assetCode: 'LOYALTY_POINT', amount: '5.00', idempotencyKey: key(), metadata },
      });
    expect((await post('wallet/bonus', { reason: 'Referral bonus' })).body.data).toMatchObject({
      newBalance: 5,
      reason: 'Referral bonus',
    });
    expect((await post('wallet/bonus')).body.data).toMatchObject({ newBalance: 10, reason: null });
    expect((await post('wallet/purchase', { itemName: 'Shield' })).body.data).toMatchObject({
      newBalance: 5,
      item: 'Shield',
    });
    expect((await post('wallet/purchase', { itemName: 7 })).body.data).toMatchObject({
      newBalance: 0,
      item: null,
    });
  });

  test('each kind of posting moves money between its accounts of the chart', async () => {
    await openAccounts(wallet, 'cher');
    for (const id of ['wallet/topup', 'wallet/bonus', 'wallet/purchase'] as const) {
      const body = { userId: 'cher', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
      expect((await wallet.call(id, { body })).status).toBe(201);
    }
    const rows = await wallet.sql(`
      SELECT y.code::text, d.type AS debit, c.type AS credit FROM transactions t
      JOIN transaction_types y ON y.id = t.transaction_type_id
      JOIN ledger_entries de ON de.transaction_id = t.id AND de.entry_type = 'debit' JOIN accounts d ON d.id = de.account_id
      JOIN ledger_entries ce ON ce.transaction_id = t.id AND ce.entry_type = 'credit' JOIN accounts c ON c.id = ce.account_id
      GROUP BY 1, 2, 3 ORDER BY 1`);
    expect(rows).toEqual([
      { code: 'BONUS', debit: 'bonus_pool', credit: 'user' },
      { code: 'PURCHASE', debit: 'user', credit: 'revenue' },
      { code: 'TOP_UP', debit: 'treasury', credit: 'user' },
    ]);
  });

  test('an asset of scale 6 keeps every decimal, and an asset of scale 0 accepts none', async () => {
    await openAccounts(wallet, 'cyd');
    await wallet.call('admin/put-asset', { path: { assetCode: 'DUST' }, body: { name: 'Dust', scale: 6 } });
    await wallet.call('admin/put-asset', { path: { assetCode: 'GEM' }, body: { name: 'Gems', scale: 0 } });
    expect((await topup({ userId: 'cyd', assetCode: 'DUST', amount: '0.000001' })).body.data.newBalance).toBe(
      0.000001,
    );
    expect((await topup({ userId: 'cyd', assetCode: 'DUST', amount: 0.1 })).body.data.newBalance).toBe(
      0.100001,
    );
    expect((await topup({ userId: 'cyd', assetCode: 'DUST', amount: 1e-7 })).body.error.code).toBe(
      'AMOUNT_PRECISION',
    );
    expect((await topup({ userId: 'cyd', assetCode: 'GEM', amount: 1.5 })).body.error.code).toBe(
      'AMOUNT_PRECISION',
    );
    expect((await topup({ userId: 'cyd', assetCode: 'GEM', amount: 3 })).body.data.newBalance).toBe(3);
  });
});

describe('idempotency', () => {
  test('a repeated request gets the first reply again and moves nothing', async () => {
    await openAccounts(wallet, 'dan');
    const body = {
      userId: 'dan',
      amount: 10,
      idempotencyKey: key(),
      metadata: { a: 1, b: { c: [2, 'x'], d: null } },
    };
    const first = await topup(body);
    await topup({ userId: 'dan', amount: 5 });
    const again = await topup({ ...body, amount: '10.00', metadata: { b: { d: null, c: [2, 'x'] }, a: 1 } });
    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(await balanceOf('dan')).toMatchObject([{ balance: 15 }]);
  });

  test('another amount, asset, user, route or metadata under a used key is refused', async () => {
    await openAccounts(wallet, 'near_224', 'near_391', 'eva');
    expect(homeOf('near_224')).toBe(homeOf('near_391'));
    const body = {
      userId: 'near_224',
      assetCode: 'GOLD_COIN',
      amount: 10,
      idempotencyKey: key(),
      metadata: { a: 1 },
    };
    await topup(body);
    const others = [
      { amount: 10.01 },
      { assetCode: 'DIAMOND' },
      { userId: 'near_391' },
      // On several nodes a key is one name within a home alone.
      ...(onSeveralNodes ? [] : [{ userId: 'eva' }]),
      { metadata: { a: 2 } },
      { metadata: undefined },
    ];
    for (const other of others) {
      const reply = await topup({ ...body, ...other });
      expect([reply.status, reply.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect((await wallet.call('wallet/bonus', { body })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await balanceOf('near_224')).toMatchObject([{ balance: 10 }]);
    const inAnotherHome = await topup({ ...body, userId: 'eva' });
    expect([inAnotherHome.status, inAnotherHome.headers['idempotency-replayed']]).toEqual([
      onSeveralNodes ? 201 : 422,
      undefined,
    ]);
  });

  test('a refused request leaves its key free', async () => {
    await openAccounts(wallet, 'fay');
    const body = { userId: 'fay', assetCode: 'GOLD_COIN', amount: 10, idempotencyKey: key() };
    expect((await wallet.call('wallet/purchase', { body })).body.error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { available: 0, required: 10 },
    });
    await topup({ userId: 'fay', amount: 10 });
    const reply = await wallet.call('wallet/purchase', { body });
    expect([reply.status, reply.body.data.newBalance]).toEqual([201, 0]);
    expect(reply.headers['idempotency-replayed']).toBeUndefined();
  });

  test('the key may come as a header, and must agree with the body when both are given', async () => {
    await openAccounts(wallet, 'gus');
    const body = { userId: 'gus', assetCode: 'GOLD_COIN', amount: 10 };
    const byHeader = key();
    const send = (headers: Record<string, string>, more: object = {}) =>
      wallet.call('wallet/topup', { body: { ...body, ...more }, headers });
    const first = await send({ 'Idempotency-Key': byHeader });
    const again = await send({}, { idempotencyKey: byHeader });
    expect(again.body).toEqual(first.body);
    expect((await send({ 'idempotency-key': byHeader }, { idempotencyKey: byHeader })).status).toBe(201);
    expect(
      (await send({ 'idempotency-key': byHeader }, { idempotencyKey: 'other' })).body.error.details,
    ).toEqual([{ path: 'idempotencyKey', message: 'differs from the Idempotency-Key header' }]);
    expect(
      (await send({ 'idempotency-key': byHeader, 'Idempotency-Key': 'another' })).body.error.details,
    ).toEqual([{ path: 'idempotencyKey', message: 'comes in two Idempotency-Key headers that differ' }]);
    expect((await send({})).body.error.details).toEqual([{ path: 'idempotencyKey', message: 'is required' }]);
  });
});

describe('balance', () => {
  test('lists what the user holds, or one asset, with 0 if the user never held it', async () => {
    expect(await balanceOf('user_002')).toEqual([
      { assetCode: 'GOLD_COIN', assetName: 'Gold Coins', balance: 100, held: 0, available: 100 },
      { assetCode: 'LOYALTY_POINT', assetName: 'Loyalty Points', balance: 250, held: 0, available: 250 },
    ]);
    expect(await balanceOf('user_002', { assetCode: 'DIAMOND' })).toEqual([
      { assetCode: 'DIAMOND', assetName: 'Diamonds', balance: 0, held: 0, available: 0 },
    ]);
  });

  test('at a past time equals the balance that was reported then', async () => {
    await openAccounts(wallet, 'hal');
    const told: { timestamp: string; newBalance: number }[] = [];
    for (let amount = 1; amount <= 8; amount++) {
      told.push((await topup({ userId: 'hal', amount })).body.data);
      await new Promise((resolve) => setTimeout(resolve, 2)); // Replies tell milliseconds: keep them apart.
    }
    for (const { timestamp, newBalance } of told) {
      // What was held then is not kept, and so not told.
      expect(await balanceOf('hal', { at: timestamp })).toEqual([
        { assetCode: 'GOLD_COIN', assetName: 'Gold Coins', balance: newBalance },
      ]);
    }
    const before = new Date(Date.parse(told[0]?.timestamp ?? '') - 1).toISOString();
    expect(await balanceOf('hal', { at: before })).toEqual([]);
    expect(await balanceOf('hal', { at: before, assetCode: 'GOLD_COIN' })).toMatchObject([{ balance: 0 }]);
    expect(await balanceOf('hal', { at: '2999-01-01T00:00:00+02:00' })).toMatchObject([{ balance: 36 }]);
  });
});

describe('history', () => {
  const history = async (userId: string, query: Record<string, string> = {}) =>
    (await wallet.call('wallet/history', { path: { userId }, query })).body.data;

  test('a row shows everything about its transaction', async () => {
    await openAccounts(wallet, 'ivy');
    await topup({ userId: 'ivy', amount: 600 });
    const metadata = { itemName: 'Epic Shield', quantity: 1 };
    const posted = await wallet.call('wallet/purchase', {
      body: { userId: 'ivy', assetCode: 'GOLD_COIN', amount: 25, idempotencyKey: key(), metadata },
    });
    const { transactions } = await history('ivy');
    expect(transactions[0]).toEqual({
      id: posted.body.data.transactionId,
      type: 'In-app Purchase',
      typeCode: 'PURCHASE',
      asset: 'Gold Coins',
      assetCode: 'GOLD_COIN',
      amount: 25,
      entryType: 'debit',
      runningBalance: 575,
      description: 'Purchase Epic Shield for 25.00 GOLD_COIN',
      metadata,
      status: 'completed',
      timestamp: posted.body.data.timestamp,
    });
    expect(transactions[1]).toMatchObject({
      description: 'Top-up of 600.00 GOLD_COIN',
      entryType: 'credit',
      metadata: {},
    });
  });

  test('metadata comes back exactly as it was sent', async () => {
    await openAccounts(wallet, 'lee');
    const metadata = '{"__proto__":{"x":1},"constructor":null,"b":[1.5,{"c":"é"}]}';
    const body = `{"userId":"lee","assetCode":"GOLD_COIN","amount":1,"idempotencyKey":"${key()}","metadata":${metadata}}`;
    await wallet.call('wallet/topup', { body });
    const { transactions } = await history('lee');
    expect(transactions[0].metadata).toEqual(JSON.parse(metadata));
    expect(Object.keys(transactions[0].metadata).sort()).toEqual(['__proto__', 'b', 'constructor']);
  });

  test('pages by cursor give every row once, newest first, while others post', async () => {
    await openAccounts(wallet, 'jim');
    for (let amount = 1; amount <= 23; amount++) {
      await topup({ userId: 'jim', amount, assetCode: amount % 3 === 0 ? 'DIAMOND' : 'GOLD_COIN' });
    }
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { transactions: { amount: number }[]; nextCursor: string | null } = await history('jim', {
        limit: '5',
        ...(cursor !== null && { cursor }),
      });
      seen.push(...page.transactions.map((row) => row.amount));
      cursor = page.nextCursor;
      await topup({ userId: 'jim', amount: 1000 });
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => 23 - index));
  });

  test('limit and offset page, and the last page has no cursor', async () => {
    await openAccounts(wallet, 'joe');
    for (let amount = 1; amount <= 9; amount++) {
      await topup({ userId: 'joe', amount, assetCode: amount % 3 === 0 ? 'DIAMOND' : 'GOLD_COIN' });
    }
    const all = await history('joe', { limit: '200' });
    const page = await history('joe', { limit: '4', offset: '3' });
    expect(page).toMatchObject({ limit: 4, offset: 3, userId: 'joe' });
    expect(page.transactions).toEqual(all.transactions.slice(3, 7));
    expect(all.nextCursor).toBeNull();
    expect((await history('joe', { limit: '1', offset: '10000' })).transactions).toEqual([]);
  });

  test('filters by asset, type and time, both ends included', async () => {
    await openAccounts(wallet, 'kim');
    await topup({ userId: 'kim', amount: 10 });
    await topup({ userId: 'kim', amount: 20, assetCode: 'DIAMOND' });
    await wallet.call('wallet/purchase', {
      body: { userId: 'kim', assetCode: 'GOLD_COIN', amount: 3, idempotencyKey: key() },
    });
    const amounts = async (query: Record<string, string>) =>
      (await history('kim', query)).transactions.map((row: { amount: number }) => row.amount);
    expect(await amounts({ assetCode: 'DIAMOND' })).toEqual([20]);
    expect(await amounts({ type: 'PURCHASE' })).toEqual([3]);
    expect(await amounts({ type: 'REFUND' })).toEqual([]);
    const { timestamp: newest } = (await history('kim', { type: 'PURCHASE' })).transactions[0];
    expect(await amounts({ from: newest, type: 'PURCHASE' })).toEqual([3]);
    expect(await amounts({ to: newest, type: 'PURCHASE' })).toEqual([3]);
    expect(await amounts({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await amounts({ from: '2999-01-01T00:00:00Z' })).toEqual([]);
  });
});

test('health reports the version and that the database answers', async () => {
  const reply = await wallet.call('system/health');
  expect(reply.status).toBe(200);
  expect(reply.body.data).toEqual({ status: 'ok', database: 'ok', version: expect.any(String) });
});
