import type { RouteId } from '../../functions/routes';
import { homeOf } from '../../lib/ledger/home';
import { type Clock, standClock } from '../support/clock';
import { assetOf, lotCalls } from '../support/lots';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type Reply, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let clock: Clock;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  clock = await standClock(wallet);
  await putAsset('GEM');
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const { send, inBatch, putAsset, lotsOf, balanceOf, sweep } = lotCalls(() => wallet);

/** A player of the test's own, with what to send about an asset with lots. */
async function player(userId: string, assetCode = 'GEM') {
  await openAccounts(wallet, userId);
  const of = { userId, assetCode };
  const post = (id: RouteId, more: object) => send(id, { ...of, ...more });
  return {
    topup: (amount: number, more: object = {}) => post('wallet/topup', { amount, ...more }),
    bonus: (amount: number, more: object = {}) => post('wallet/bonus', { amount, ...more }),
    purchase: (amount: number, more: object = {}) => post('wallet/purchase', { amount, ...more }),
    hold: (amount: number, more: object = {}) => post('holds/place', { amount, ...more }),
    adjust: (direction: string, amount: number, more: object = {}) =>
      post('wallet/adjustment', { direction, amount, reason: 'test', ...more }),
    lots: () => lotsOf(userId, assetCode),
    balance: (query: Record<string, string> = {}) => balanceOf(userId, assetCode, query),
    history: async () => {
      const reply = await wallet.call('wallet/history', { path: { userId }, query: { assetCode } });
      return reply.body.data.transactions;
    },
  };
}
const idOf = (reply: Reply): string => reply.body.data.transactionId;
const pieces = (reply: Reply) =>
  reply.body.data.lots.map(({ origin, source, amount }: Record<string, unknown>) => [origin, source, amount]);

describe('credits', () => {
  test('make lots with everything that a request says, and equal lots become one', async () => {
    const ann = await player('ann');
    const first = await ann.topup(100, { source: 'shop', cost: { amount: '9.99', currency: 'EUR' } });
    expect(first.body.data.lots).toEqual([
      {
        lotId: expect.any(String),
        origin: 'paid',
        source: 'shop',
        priority: 50,
        expiresAt: null,
        amount: 100,
        cost: { amount: 9.99, currency: 'EUR' },
      },
    ]);
    await ann.topup(50, { source: 'shop', cost: { amount: 4, currency: 'EUR' } });
    await ann.bonus(7, { expiresInSeconds: 60, priority: 0 });
    expect(await ann.lots()).toEqual([
      expect.objectContaining({ origin: 'free', source: null, priority: 0, amount: 7, held: 0 }),
      {
        ...first.body.data.lots[0],
        assetCode: 'GEM',
        amount: 150,
        cost: { amount: 13.99, currency: 'EUR' },
        held: 0,
      },
    ]);
    const expiresAt = new Date((await clock.now()) + 60_000).toISOString();
    expect(await ann.balance()).toMatchObject({
      balance: 157,
      available: 157,
      paid: 150,
      free: 7,
      nextExpiry: { at: expiresAt, amount: 7 },
    });
  });

  test('open the account that they pay, in a batch too', async () => {
    const body = { userId: 'new', assetCode: 'GEM', amount: 5, openAccount: true };
    expect(pieces(await send('wallet/topup', body))).toEqual([['paid', null, 5]]);
    const reply = await inBatch('opening', { ...body, userId: 'newer', source: 'old-system' });
    expect(reply.body.data.transactions[0].lots).toMatchObject([{ origin: 'free', source: 'old-system' }]);
  });

  test('that are replayed reply with the same lots', async () => {
    const bea = await player('bea');
    const once = { idempotencyKey: key(), expiresInSeconds: 60 };
    const first = await bea.bonus(5, once);
    await clock.advance(3);
    const again = await bea.bonus(5, once);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
  });

  test('of a batch are replayed even when their lots have expired meanwhile', async () => {
    const bob = await player('bob');
    const end = new Date((await clock.now()) + 60_000).toISOString();
    const credit = { userId: 'bob', assetCode: 'GEM', amount: 5, expiresAt: end, idempotencyKey: key() };
    const first = await inBatch('bonus', credit);
    await clock.advance(60);
    const again = await inBatch('bonus', credit);
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
      201,
      first.body,
      'true',
    ]);
    expect((await bob.balance()).balance).toBe(0);
  });

  test('are refused when a balance would have more than 256 lots, counting what holds reserve', async () => {
    const cleo = await player('cleo');
    const credits = Array.from({ length: 256 }, (_, index) => ({
      type: 'bonus',
      ...{ userId: 'cleo', assetCode: 'GEM', amount: 1, source: `s${index}`, idempotencyKey: key() },
    }));
    await wallet.call('wallet/batch', { body: { transactions: credits } });
    const { holdId } = (await cleo.hold(10)).body.data;
    expect((await cleo.bonus(1, { source: 's0' })).status).toBe(201);
    expect((await cleo.bonus(1, { source: 'one-more' })).body.error.code).toBe('TOO_MANY_LOTS');
    await wallet.call('holds/void', { path: { holdId } });
    expect(await cleo.lots()).toHaveLength(256);
  });

  test.each([
    ['both times', { expiresAt: '2999-01-01T00:00:00Z', expiresInSeconds: 1 }, 'expiresInSeconds'],
    ['a cost of a free credit', { origin: 'free', cost: { amount: 1, currency: 'EUR' } }, 'cost'],
    ['a cost in seven decimals', { cost: { amount: '0.1234567', currency: 'EUR' } }, 'cost.amount'],
    ['a currency of two letters', { cost: { amount: 1, currency: 'EU' } }, 'cost.currency'],
    ['a source with a space', { source: 'my shop' }, 'source'],
    ['a priority of 101', { priority: 101 }, 'priority'],
    ['another origin', { origin: 'gift' }, 'origin'],
    ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('with %s are refused, and the refusal names the field', async (_, more, path) => {
    const cat = await player('cat');
    const reply = await cat.topup(1, more);
    expect(reply.body.error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path }] });
  });

  test('that expire at the end of a period count until its last moment', async () => {
    const dan = await player('dan');
    const end = (await clock.now()) + 1_000;
    await dan.bonus(5, { expiresAt: new Date(end).toISOString() });
    expect((await dan.balance()).balance).toBe(5);
    await clock.advance(1);
    expect(await dan.balance()).toMatchObject({ balance: 0, available: 0, free: 0, nextExpiry: null });
  });
});

describe('debits', () => {
  const CREDITS: [amount: number, origin: string, source: string, seconds?: number][] = [
    [1, 'paid', 'a'],
    [2, 'free', 'b'],
    [4, 'paid', 'c', 60],
    [8, 'free', 'd', 90],
  ];
  test.each([
    ['expiring-first', ['c', 'd', 'b', 'a']],
    ['free-first', ['d', 'b', 'c', 'a']],
    ['paid-first', ['c', 'a', 'd', 'b']],
  ])('burn lots of a lower priority number first, and the others %s', async (order, sources) => {
    await putAsset(assetOf(order), { burnOrder: order });
    const eve = await player(`eve_${order}`, assetOf(order));
    for (const [amount, origin, source, expiresInSeconds] of CREDITS) {
      await eve.topup(amount, { origin, source, expiresInSeconds });
    }
    await eve.bonus(16, { source: 'first', priority: 9 });
    const reply = await eve.purchase(31);
    expect(reply.body.data.lots.map(({ source }: { source: string }) => source)).toEqual([
      'first',
      ...sources,
    ]);
  });

  test('follow a burn order that was changed meanwhile', async () => {
    await putAsset('CHANGED', { burnOrder: 'free-first' });
    const fay = await player('fay', 'CHANGED');
    await fay.topup(5);
    await fay.bonus(5);
    await putAsset('CHANGED', { burnOrder: 'paid-first' });
    await fay.bonus(1);
    expect(pieces(await fay.purchase(6))).toEqual([
      ['paid', null, 5],
      ['free', null, 1],
    ]);
  });

  test('burn only the lots that `only` names, and are refused when these do not suffice', async () => {
    const gus = await player('gus');
    await gus.bonus(10);
    await gus.topup(5, { source: 'web' });
    await gus.topup(3, { source: 'console' });
    expect(pieces(await gus.purchase(4, { only: { origin: 'paid' } }))).toEqual([['paid', 'web', 4]]);
    const only = { sources: ['console'] };
    expect((await gus.purchase(4, { only })).body.error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { available: 3, required: 4 },
    });
    expect((await gus.hold(4, { only })).body.error.details).toEqual({ available: 3, required: 4 });
    expect((await gus.hold(3, { only })).status).toBe(201);
  });

  test('split the cost of a lot without losing a millionth', async () => {
    const hal = await player('hal');
    await hal.topup(7, { cost: { amount: 1, currency: 'EUR' } });
    const costs: number[] = [];
    for (let time = 0; time < 7; time++) {
      const [piece] = (await hal.purchase(1)).body.data.lots;
      costs.push(piece.cost.amount);
    }
    expect(costs).toEqual([0.142857, 0.142857, 0.142857, 0.142857, 0.142857, 0.142857, 0.142858]);
  });

  test('of an adjustment burn only the lot that it names, and at most what is left of it', async () => {
    const ida = await player('ida');
    await ida.bonus(5);
    const [{ lotId }] = (await ida.topup(5)).body.data.lots;
    expect(pieces(await ida.adjust('debit', 4, { lotId }))).toEqual([['paid', null, 4]]);
    expect((await ida.adjust('debit', 2, { lotId })).body.error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { available: 1, required: 2 },
    });
    const overdrawn = await ida.adjust('debit', 2, { lotId, onInsufficientFunds: 'allow-negative' });
    expect(overdrawn.body.error?.code).toBe('INSUFFICIENT_FUNDS');
    expect((await ida.adjust('credit', 2, { lotId })).body.error.details).toEqual([
      { path: 'lotId', message: 'must not be given of a credit' },
    ]);
  });

  test('that are dry runs burn nothing', async () => {
    const jan = await player('jan');
    await jan.topup(5);
    const dry = await jan.purchase(2, { dryRun: true });
    expect([dry.status, pieces(dry)]).toEqual([200, [['paid', null, 2]]]);
    expect((await jan.lots())[0].amount).toBe(5);
  });

  test('between players move lots with all their properties, also into another home', async () => {
    const kim = await player('kim');
    const lea = await player('lea');
    await kim.topup(10, { source: 'shop', expiresInSeconds: 60, cost: { amount: 1, currency: 'EUR' } });
    await kim.bonus(5);
    const transfer = { fromUserId: 'kim', toUserId: 'lea', assetCode: 'GEM' };
    await send('wallet/transfer', { ...transfer, amount: 12, only: { origin: 'paid' } });
    await send('wallet/transfer', { ...transfer, amount: 12 });
    expect(await lea.lots()).toMatchObject([
      { origin: 'paid', source: 'shop', amount: 10, cost: { amount: 1, currency: 'EUR' } },
      { origin: 'free', source: null, amount: 2 },
    ]);
    expect((await lea.history())[0].lots).toMatchObject([{ amount: 10 }, { amount: 2 }]);
    await inBatch('transfer', { ...transfer, amount: 3 });
    expect(await kim.lots()).toEqual([]);
    expect((await lea.balance()).free).toBe(5);
  });
});

describe('expiry', () => {
  test('shows in the balance at once, and the first posting that meets it books it', async () => {
    const mia = await player('mia');
    await mia.topup(10);
    await mia.bonus(5, { expiresInSeconds: 60 });
    await clock.advance(60);
    expect((await mia.balance()).balance).toBe(10);
    expect((await mia.lots()).map(({ origin }: { origin: string }) => origin)).toEqual(['paid']);
    expect((await mia.purchase(11)).body.error.details).toEqual({ available: 10, required: 11 });
    const reply = await mia.purchase(10);
    expect([reply.body.data.newBalance, pieces(reply)]).toEqual([0, [['paid', null, 10]]]);
    expect(await mia.history()).toMatchObject([
      { typeCode: 'PURCHASE', amount: 10, runningBalance: 0 },
      {
        typeCode: 'EXPIRY',
        type: 'Expired',
        amount: 5,
        runningBalance: 10,
        lots: [{ origin: 'free', amount: 5 }],
      },
      { typeCode: 'BONUS' },
      { typeCode: 'TOP_UP' },
    ]);
  });

  test('is booked by the sweeper, which leaves a busy balance for the next run', async () => {
    const players = await Promise.all(['ned', 'oda'].map((userId) => player(userId)));
    for (const { bonus } of players) {
      await bonus(5, { expiresInSeconds: 60 });
    }
    await clock.advance(60);
    await wallet.sql('BEGIN');
    await wallet.sql("SELECT FROM balances WHERE home = $1 AND handle = 'ned' FOR UPDATE", [homeOf('ned')]);
    await sweep();
    await wallet.sql('ROLLBACK');
    const booked = async () =>
      (await Promise.all(players.map(({ history }) => history()))).map((rows) => rows.length);
    expect(await booked()).toEqual([1, 2]);
    await sweep();
    expect(await booked()).toEqual([2, 2]);
    const [asset] = (await wallet.call('admin/trial-balance')).body.data.assets.filter(
      ({ assetCode }: { assetCode: string }) => assetCode === 'GEM',
    );
    expect(Number(asset.totals.expired)).toBeGreaterThanOrEqual(10);
  });

  test('changes no past balance, whether it is booked or not', async () => {
    const pam = await player('pam');
    const at = async () => ({ at: new Date(await clock.now()).toISOString() });
    await pam.topup(10);
    await pam.bonus(5, { expiresInSeconds: 60 });
    const { holdId } = (await pam.hold(2, { expiresInSeconds: 300 })).body.data;
    const before = await at();
    await clock.advance(90);
    const after = await at();
    const told = async () =>
      Promise.all([before, after].map(async (time) => (await pam.balance(time)).balance));
    expect(await told()).toEqual([15, 12]);
    await sweep();
    expect(await told()).toEqual([15, 12]);
    await clock.advance(1);
    await wallet.call('holds/void', { path: { holdId } });
    await sweep();
    expect(await told()).toEqual([15, 12]);
    expect((await pam.balance()).balance).toBe(10);
  });

  test('changes no past balance that a hold reserved, even if a part is spent later', async () => {
    const pia = await player('pia');
    await pia.bonus(10, { expiresInSeconds: 60 });
    const { holdId } = (await pia.hold(8, { expiresInSeconds: 300 })).body.data;
    await clock.advance(90);
    const at = new Date(await clock.now()).toISOString();
    const told = async () => (await pia.balance({ at })).balance;
    expect(await told()).toBe(8);
    await clock.advance(1);
    const body = { amount: 5, idempotencyKey: key() };
    await wallet.call('holds/capture', { path: { holdId }, body });
    expect(await told()).toBe(8);
    await sweep();
    expect(await told()).toBe(8);
  });

  test('waits while a hold reserves the lot, and comes at once when the hold ends', async () => {
    const quy = await player('quy');
    await quy.bonus(10, { expiresInSeconds: 60 });
    const [kept, given] = [await quy.hold(4), await quy.hold(3)];
    await clock.advance(60);
    expect(await quy.balance()).toMatchObject({ balance: 7, held: 7, available: 0, nextExpiry: null });
    expect(await quy.lots()).toMatchObject([{ amount: 7, held: 7 }]);
    await wallet.call('holds/void', { path: { holdId: given.body.data.holdId } });
    expect((await quy.balance()).balance).toBe(4);
    // What a hold gives back and has expired is booked with it.
    const booked = async () => {
      const { data } = (await wallet.call('wallet/history', { path: { userId: 'quy' } })).body;
      return data.transactions
        .filter(({ typeCode }: { typeCode: string }) => typeCode === 'EXPIRY')
        .map(({ amount }: { amount: number }) => amount);
    };
    expect(await booked()).toEqual([6]);
    const body = { amount: 1, idempotencyKey: key() };
    const captured = await wallet.call('holds/capture', { path: { holdId: kept.body.data.holdId }, body });
    expect(pieces(captured)).toEqual([['free', null, 1]]);
    expect((await quy.balance()).balance).toBe(0);
    expect(await booked()).toEqual([3, 6]);
  });

  test('lets an account close when everything on it has expired', async () => {
    const ray = await player('ray');
    await ray.bonus(5, { expiresInSeconds: 60 });
    const close = () =>
      wallet.call('admin/set-account-status', { path: { userId: 'ray' }, body: { status: 'closed' } });
    expect((await close()).body.error.code).toBe('ACCOUNT_NOT_EMPTY');
    await clock.advance(60);
    expect((await close()).status).toBe(200);
    expect(await wallet.sql("SELECT balance::float8 FROM balances WHERE handle = 'ray'")).toEqual([
      { balance: 0 },
    ]);
  });
});

describe('refunds, reversals and debts', () => {
  test('a refund first restores what was burned last, and gives an expired lot a grace period', async () => {
    const sam = await player('sam');
    await sam.topup(100, { source: 'shop' });
    await sam.bonus(50, { expiresInSeconds: 60 });
    const transactionId = idOf(await sam.purchase(120));
    await clock.advance(60);
    expect(pieces(await send('wallet/refund', { transactionId, amount: 60 }))).toEqual([
      ['paid', 'shop', 60],
    ]);
    const rest = await send('wallet/refund', { transactionId, amount: 60 });
    expect(pieces(rest)).toEqual([
      ['paid', 'shop', 10],
      ['free', null, 50],
    ]);
    const graceEnds = new Date((await clock.now()) + 604_800_000).toISOString();
    expect(rest.body.data.lots[1].expiresAt).toBe(graceEnds);
    expect(rest.body.data.refundableAmount).toBe(0);
    expect(await sam.balance()).toMatchObject({
      paid: 100,
      free: 50,
      nextExpiry: { at: graceEnds, amount: 50 },
    });
  });

  test('a reversal takes the credit’s own lot first, and at most the credit', async () => {
    const tom = await player('tom');
    await tom.bonus(10);
    const transactionId = idOf(await tom.topup(10, { source: 'shop' }));
    await tom.topup(10, { source: 'other' });
    await tom.purchase(4, { only: { sources: ['shop'] } });
    const reverse = (more: object = {}) =>
      send('wallet/reversal', { transactionId, reason: 'chargeback', ...more });
    expect(pieces(await reverse({ amount: 3 }))).toEqual([['paid', 'shop', 3]]);
    const rest = await reverse();
    expect([rest.body.data.amount, pieces(rest)]).toEqual([
      7,
      [
        ['paid', 'shop', 3],
        ['free', null, 4],
      ],
    ]);
    expect((await reverse({ amount: 1 })).body.error.code).toBe('ALREADY_REVERSED');
  });

  test('a reversal may take what is left, and replies with the shortfall', async () => {
    const uma = await player('uma');
    const transactionId = idOf(await uma.topup(10));
    await uma.purchase(7);
    const once = {
      transactionId,
      reason: 'chargeback',
      onInsufficientFunds: 'take-what-is-left',
      idempotencyKey: key(),
    };
    const first = await send('wallet/reversal', once);
    expect(first.body.data).toMatchObject({ amount: 3, taken: 3, shortfall: 7, newBalance: 0 });
    await uma.bonus(5);
    expect((await send('wallet/reversal', once)).body).toEqual(first.body);
    const more = await send('wallet/reversal', { ...once, idempotencyKey: key() });
    expect(more.body.data).toMatchObject({ taken: 5, shortfall: 2 });
    expect((await send('wallet/reversal', { ...once, idempotencyKey: key() })).body.error.code).toBe(
      'INSUFFICIENT_FUNDS',
    );
  });

  test('a balance below zero has no lots, and a credit pays the debt first', async () => {
    const vic = await player('vic');
    const transactionId = idOf(await vic.topup(10));
    await vic.purchase(10);
    await send('wallet/reversal', {
      transactionId,
      reason: 'chargeback',
      onInsufficientFunds: 'allow-negative',
    });
    expect([(await vic.balance()).balance, await vic.lots()]).toEqual([-10, []]);
    const reply = await vic.topup(12, { cost: { amount: 6, currency: 'EUR' } });
    expect(reply.body.data).toMatchObject({ newBalance: 2, lots: [{ amount: 2, cost: { amount: 1 } }] });
  });

  test('a debit that may go below zero takes what holds reserve last', async () => {
    const zoe = await player('zoe');
    const transactionId = idOf(await zoe.topup(10));
    const { holdId } = (await zoe.hold(8)).body.data;
    const reply = await send('wallet/reversal', {
      transactionId,
      reason: 'chargeback',
      onInsufficientFunds: 'allow-negative',
    });
    expect(pieces(reply)).toEqual([
      ['paid', null, 2],
      ['paid', null, 8],
    ]);
    expect([await zoe.balance(), await zoe.lots()]).toMatchObject([
      { balance: 0, held: 8, available: -8 },
      [],
    ]);
    const capture = () => wallet.call('holds/capture', { path: { holdId }, body: { idempotencyKey: key() } });
    expect((await capture()).body.error.code).toBe('INSUFFICIENT_FUNDS');
    await zoe.bonus(8);
    expect(pieces(await capture())).toEqual([['free', null, 8]]);
  });

  test('two equal refunds of a purchase both post, and reply with what is left to refund', async () => {
    const wes = await player('wes');
    await wes.topup(10);
    const transactionId = idOf(await wes.purchase(10));
    const refund = () => send('wallet/refund', { transactionId, amount: 4 });
    const left = [await refund(), await refund()].map(({ body }) => body.data.refundableAmount);
    expect([left, (await refund()).body.error.code]).toEqual([[6, 2], 'REFUND_EXCEEDS_ORIGINAL']);
  });

  test('a credit shows how much of it was spent: within a lot, the oldest credit burns first', async () => {
    const xia = await player('xia');
    const ids = [idOf(await xia.topup(10)), idOf(await xia.topup(10))];
    const use = async () =>
      Promise.all(
        ids.map(async (transactionId) => {
          const reply = await wallet.call('admin/get-transaction', { path: { transactionId } });
          return [reply.body.data.spent, reply.body.data.unspent];
        }),
      );
    const purchase = idOf(await xia.purchase(13));
    expect(await use()).toEqual([
      [10, 0],
      [3, 7],
    ]);
    await send('wallet/refund', { transactionId: purchase, amount: 5 });
    expect(await use()).toEqual([
      [8, 2],
      [0, 10],
    ]);
    await send('wallet/reversal', { transactionId: ids[1], reason: 'chargeback' });
    expect(await use()).toEqual([
      [8, 2],
      [0, 0],
    ]);
  });
});

test('rebuilding from the journal restores the lots as they were', async () => {
  const yan = await player('yan');
  await yan.topup(10, { source: 'shop', cost: { amount: 1, currency: 'EUR' } });
  await yan.bonus(5, { expiresInSeconds: 600 });
  await yan.hold(4);
  await yan.purchase(3);
  const kept = () =>
    wallet.sql(`
      SELECT b.handle, b.asset_code, b.next_expiry, l.id, l.made_at, l.amount::float8, l.cost::float8
      FROM balances b LEFT JOIN unnest(b.lots) WITH ORDINALITY AS l ON true
      ORDER BY b.handle, b.asset_code, l.ordinality`);
  const before = await kept();
  await wallet.sql("UPDATE balances SET lots = '{}', next_expiry = NULL WHERE lots IS NOT NULL");
  await wallet.sql("DELETE FROM balances WHERE handle = 'yan'");
  expect(Object.keys(await discrepancies(wallet))).toContain('the laws of lots hold');
  await wallet.sql('SELECT rebuild_balances()');
  expect(await kept()).toEqual(before);
});

describe('faults that a reviewer found', () => {
  test('a replay of a debit below zero takes nothing that a hold reserves', async () => {
    const una = await player('una');
    const bought = idOf(await una.topup(10));
    await una.purchase(10);
    const body = {
      transactionId: bought,
      reason: 'x',
      onInsufficientFunds: 'allow-negative',
      idempotencyKey: key(),
    };
    const first = await send('wallet/reversal', body);
    await una.bonus(20);
    await una.hold(8);
    const before = await una.balance();
    const again = await send('wallet/reversal', body);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await una.balance()).toEqual(before);
  });

  test('a transfer in a batch replays, even twice in one, and refuses an unknown payer', async () => {
    const payer = await player('payer_1');
    await openAccounts(wallet, 'receiver_2');
    await payer.bonus(10);
    const moved = {
      fromUserId: 'payer_1',
      toUserId: 'receiver_2',
      assetCode: 'GEM',
      amount: 3,
      idempotencyKey: key(),
    };
    const body = {
      transactions: [
        { type: 'transfer', ...moved },
        { type: 'transfer', ...moved },
      ],
    };
    const first = await wallet.call('wallet/batch', { body });
    const again = await wallet.call('wallet/batch', { body });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(await balanceOf('receiver_2', 'GEM')).toMatchObject({ balance: 3 });
    const unknown = { type: 'transfer', ...moved, fromUserId: 'nobody', idempotencyKey: key() };
    const refused = await wallet.call('wallet/batch', { body: { transactions: [unknown] } });
    expect([refused.status, refused.body.error.code]).toEqual([404, 'USER_NOT_FOUND']);
  });

  test('an adjustment that names a lot does not take what a hold reserves of another lot', async () => {
    const vic = await player('val');
    const lotId = (await vic.topup(5)).body.data.lots[0].lotId;
    await vic.bonus(10);
    await vic.hold(10, { only: { origin: 'free' } });
    const reply = await vic.adjust('debit', 8, { lotId, onInsufficientFunds: 'allow-negative' });
    expect([reply.status, reply.body.error?.details]).toEqual([422, { available: 5, required: 8 }]);
  });

  test('take-what-is-left does not lift the limits on the amount', async () => {
    const wim = await player('wim');
    const transactionId = idOf(await wim.topup(10));
    await wim.purchase(5);
    const reverse = async (amount: number | string) =>
      (
        await send('wallet/reversal', {
          transactionId,
          reason: 'x',
          amount,
          onInsufficientFunds: 'take-what-is-left',
        })
      ).body.error?.code;
    expect([await reverse(20), await reverse('9.123')]).toEqual([
      'REFUND_EXCEEDS_ORIGINAL',
      'AMOUNT_PRECISION',
    ]);
  });

  const useOf = async (transactionId: string) => {
    const { data } = (await wallet.call('admin/get-transaction', { path: { transactionId } })).body;
    return [data.spent, data.unspent];
  };

  test('how much of a credit was spent does not depend on the sweep', async () => {
    const xia = await player('xen');
    const given = idOf(await xia.bonus(10, { expiresInSeconds: 100 }));
    await xia.purchase(3);
    await clock.advance(101);
    expect(await useOf(given)).toEqual([3, 0]);
    await sweep();
    expect(await useOf(given)).toEqual([3, 0]);
  });

  test('what was spent of a credit includes what paid a debt, and counts no lot twice', async () => {
    const yan = await player('yul');
    await yan.adjust('debit', 10, { onInsufficientFunds: 'allow-negative' });
    const filled = idOf(await yan.topup(4));
    expect(await useOf(filled)).toEqual([4, 0]);
    const half = idOf(await yan.topup(10));
    expect(await useOf(half)).toEqual([6, 4]);
    await yan.topup(6);
    await send('wallet/reversal', { transactionId: half, reason: 'x' });
    expect(await useOf(half)).toEqual([0, 0]);

    const zoe = await player('zac');
    const first = idOf(await zoe.bonus(10));
    const paid = idOf(await zoe.topup(10));
    await zoe.purchase(10, { only: { origin: 'paid' } });
    const second = idOf(await zoe.bonus(10));
    await send('wallet/reversal', { transactionId: paid, amount: 5, reason: 'x' });
    expect([await useOf(first), await useOf(second)]).toEqual([
      [5, 5],
      [0, 10],
    ]);
  });

  test('the balance after a capture does not count released credits that have expired', async () => {
    const abe = await player('abe');
    await abe.bonus(10, { expiresInSeconds: 60 });
    const { holdId } = (await abe.hold(8, { expiresInSeconds: 600 })).body.data;
    await clock.advance(90);
    const capture = () =>
      wallet.call('holds/capture', { path: { holdId }, body: { amount: 5, idempotencyKey: 'capture abe' } });
    for (let times = 0; times < 2; times++) {
      expect((await capture()).body.data).toMatchObject({ newBalance: 0, releasedAmount: 3 });
      expect(await abe.balance()).toMatchObject({ balance: 0 });
    }
  });

  test('without grace, refunded credits expire within a second and change no past balance', async () => {
    await putAsset('STRICT', { refundGraceSeconds: 0 });
    const cid = await player('cid', 'STRICT');
    await cid.topup(1);
    await cid.bonus(10, { expiresInSeconds: 60 });
    const transactionId = idOf(await cid.purchase(10));
    await clock.advance(90);
    const at = new Date(await clock.now()).toISOString();
    await clock.advance(0.01);
    const refund = await send('wallet/refund', { transactionId });
    expect(await cid.balance()).toMatchObject({ balance: refund.body.data.newBalance });
    await clock.advance(1);
    expect(await cid.balance()).toMatchObject({ balance: 1 });
    expect(await cid.balance({ at })).toMatchObject({ balance: 1 });
  });

  test('an exchange checks the lots that it buys in the order of the errors', async () => {
    const dot = await player('dot');
    await dot.bonus(10);
    const exchange = async (to: object) => {
      const from = { assetCode: 'GEM', amount: 1000 };
      const { body } = await send('wallet/exchange', { userId: 'dot', from, to: { amount: 1, ...to } });
      return [body.error.code, body.error.details];
    };
    expect(await exchange({ assetCode: 'GOLD_COIN', origin: 'free' })).toEqual([
      'ASSET_WITHOUT_LOTS',
      undefined,
    ]);
    const past = [{ path: 'to.expiresAt', message: 'must lie in the future' }];
    await putAsset('RUBY');
    expect(await exchange({ assetCode: 'RUBY', expiresAt: '2020-01-01T00:00:00Z' })).toEqual([
      'VALIDATION_ERROR',
      past,
    ]);
  });

  test('a batch names the element and the field of an expiry in the past', async () => {
    await player('eve');
    const element = (more: object) => ({
      type: 'bonus',
      userId: 'eve',
      assetCode: 'GEM',
      amount: 1,
      idempotencyKey: key(),
      ...more,
    });
    const transactions = [element({}), element({ expiresAt: '2020-01-01T00:00:00Z' })];
    const { body } = await wallet.call('wallet/batch', { body: { transactions } });
    expect([body.error.code, body.error.details]).toEqual([
      'VALIDATION_ERROR',
      [{ path: 'transactions.1.expiresAt', message: 'must lie in the future' }],
    ]);
  });

  test('lots are listed in the order in which they burn, also when part of the first is held', async () => {
    const fin = await player('fin');
    await fin.topup(5, { source: 'a' });
    await fin.hold(5);
    await clock.advance(1);
    await fin.topup(5, { source: 'b' });
    await clock.advance(1);
    await fin.topup(5, { source: 'a' });
    const burned = pieces(await fin.purchase(10, { dryRun: true })).map(([, source]: string[]) => source);
    expect((await fin.lots()).map(({ source }: { source: string }) => source)).toEqual(burned);
  });

  test('what an expired hold reserved is booked as expired if its lot has expired too', async () => {
    const gil = await player('gil');
    await gil.bonus(10, { expiresInSeconds: 60 });
    await gil.hold(8, { expiresInSeconds: 70 });
    await clock.advance(100);
    await wallet.app.ledger.expireHolds(100, { deadline: Number.POSITIVE_INFINITY, retries: [] });
    const [booked] = await wallet.sql(
      "SELECT balance::float8, held::float8 FROM balances WHERE handle = 'gil' AND asset_code = 'GEM'",
    );
    expect(booked).toEqual({ balance: 0, held: 0 });
  });
});
