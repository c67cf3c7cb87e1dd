import * as fc from 'fast-check';
import type { RouteId } from '../../functions/routes';
import { type Clock, standClock } from '../support/clock';
import { discrepancies } from '../support/reconcile';
import {
  ISOLATION_LEVELS,
  key,
  openAccounts,
  openWallet,
  type Reply,
  type TestWallet,
} from '../support/wallet';
import { type Lot, LotModel, type Only, type Order, sum } from './lots.model';

let wallet: TestWallet;
let clock: Clock;
const open = async (options: Parameters<typeof openWallet>[0] = {}): Promise<void> => {
  wallet = await openWallet({ ...options, service: { logLevel: 'error' } });
  clock = await standClock(wallet);
  await putAsset('GEM');
};
beforeAll(() => open());
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const GRACE = 200;

const send = (id: RouteId, body: object): Promise<Reply> =>
  wallet.call(id, { body: { idempotencyKey: key(), ...body } });
const inBatch = (type: string, body: object): Promise<Reply> =>
  wallet.call('wallet/batch', { body: { transactions: [{ type, idempotencyKey: key(), ...body }] } });
const putAsset = (assetCode: string, rules: object = {}) =>
  wallet.call('admin/put-asset', {
    path: { assetCode },
    body: { name: assetCode, scale: 2, lots: true, transferable: true, ...rules },
  });
const lotsOf = async (userId: string, assetCode: string) => {
  const reply = await wallet.call('wallet/lots', { path: { userId }, query: { assetCode } });
  return reply.body.data.lots;
};
const balanceOf = async (userId: string, assetCode: string, query: Record<string, string> = {}) => {
  const reply = await wallet.call('wallet/balance', { path: { userId }, query: { assetCode, ...query } });
  return reply.body.data.balances[0];
};
const sweep = async () => {
  while ((await wallet.app.ledger.expireLots(100, { deadline: Number.POSITIVE_INFINITY, retries: [] })) > 0) {
    // Until nothing is left.
  }
};

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
  test('make lots of an origin, a source, a priority, an expiry and a cost; alike ones are one lot', async () => {
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

  test('that were replayed are told with the same lots', async () => {
    const bea = await player('bea');
    const once = { idempotencyKey: key(), expiresInSeconds: 60 };
    const first = await bea.bonus(5, once);
    await clock.advance(3);
    const again = await bea.bonus(5, once);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
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
  ])('with %s are refused by field and rule', async (_, more, path) => {
    const cat = await player('cat');
    const reply = await cat.topup(1, more);
    expect(reply.body.error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path }] });
  });

  test('of a grant until the end of a period live to its last moment', async () => {
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
  ])('burn %s, after what has a lower priority', async (order, sources) => {
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

  test('burn from the lots alone that `only` names, and are refused by these', async () => {
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

  test('share a cost so that it is conserved to the last millionth', async () => {
    const hal = await player('hal');
    await hal.topup(7, { cost: { amount: 1, currency: 'EUR' } });
    const costs: number[] = [];
    for (let time = 0; time < 7; time++) {
      const [piece] = (await hal.purchase(1)).body.data.lots;
      costs.push(piece.cost.amount);
    }
    expect(costs).toEqual([0.142857, 0.142857, 0.142857, 0.142857, 0.142857, 0.142857, 0.142858]);
  });

  test('of an adjustment burn the lot that it names, at most what is left of it', async () => {
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

  test('between players move lots with all that they are, into another home as well', async () => {
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
  test('is told at once, and booked by the first posting that meets it, which burns no paid credit for it', async () => {
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
    await wallet.sql("SELECT FROM balances WHERE handle = 'ned' FOR UPDATE");
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

  test('changes no balance of the past, booked or not', async () => {
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

  test('waits for a hold, and comes at once when it lets go', async () => {
    const quy = await player('quy');
    await quy.bonus(10, { expiresInSeconds: 60 });
    const [kept, given] = [await quy.hold(4), await quy.hold(3)];
    await clock.advance(60);
    expect(await quy.balance()).toMatchObject({ balance: 7, held: 7, available: 0, nextExpiry: null });
    expect(await quy.lots()).toMatchObject([{ amount: 7, held: 7 }]);
    await wallet.call('holds/void', { path: { holdId: given.body.data.holdId } });
    expect((await quy.balance()).balance).toBe(4);
    const body = { amount: 1, idempotencyKey: key() };
    const captured = await wallet.call('holds/capture', { path: { holdId: kept.body.data.holdId }, body });
    expect(pieces(captured)).toEqual([['free', null, 1]]);
    expect((await quy.balance()).balance).toBe(0);
  });

  test('leaves an account that may close', async () => {
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

describe('what goes back', () => {
  test('a refund puts back what was burned last, and gives an expired lot a grace', async () => {
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

  test('a reversal takes the lot that it made first, in parts, together at most the credit', async () => {
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

  test('a reversal may take what is left, and tells what it could not', async () => {
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

  test('below zero there are no lots, and a credit fills the debt first', async () => {
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

  test('what may leave a player below zero takes at last what holds reserve, and these cannot be captured then', async () => {
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

  test('two refunds of one amount are two, and each is told what was left', async () => {
    const wes = await player('wes');
    await wes.topup(10);
    const transactionId = idOf(await wes.purchase(10));
    const refund = () => send('wallet/refund', { transactionId, amount: 4 });
    const left = [await refund(), await refund()].map(({ body }) => body.data.refundableAmount);
    expect([left, (await refund()).body.error.code]).toEqual([[6, 2], 'REFUND_EXCEEDS_ORIGINAL']);
  });

  test('a credit tells how much of it was spent: the oldest of a lot burns first', async () => {
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

test('rebuilt from the journal, the lots are what they were', async () => {
  const yan = await player('yan');
  await yan.topup(10, { source: 'shop', cost: { amount: 1, currency: 'EUR' } });
  await yan.bonus(5, { expiresInSeconds: 600 });
  await yan.hold(4);
  await yan.purchase(3);
  const before = await wallet.sql(
    'SELECT handle, lots, next_expiry FROM balances ORDER BY handle, asset_code',
  );
  await wallet.sql("UPDATE balances SET lots = '{}', next_expiry = NULL WHERE lots IS NOT NULL");
  await wallet.sql("DELETE FROM balances WHERE handle = 'yan'");
  expect(Object.keys(await discrepancies(wallet))).toContain('the laws of lots hold');
  await wallet.sql('SELECT rebuild_balances()');
  expect(
    await wallet.sql('SELECT handle, lots, next_expiry FROM balances ORDER BY handle, asset_code'),
  ).toEqual(before);
});

describe.each(ISOLATION_LEVELS)('%s transactions', (isolation) => {
  beforeAll(async () => {
    await wallet.close();
    await open({ isolation });
    for (const order of ['expiring-first', 'free-first', 'paid-first']) {
      await putAsset(assetOf(order), { burnOrder: order, refundGraceSeconds: GRACE });
    }
  });

  test('every operation on lots, with a clock that moves, ends where a model in plain TypeScript says', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(ORDERS, fc.commands(STEPS, { maxCommands: 40, size: 'max' }), async (order, steps) => {
        const userId = `model_${run++}`;
        await openAccounts(wallet, userId, `${userId}_friend`);
        const model = new LotModel(order, GRACE * 1_000);
        model.tick(await clock.now());
        await fc.asyncModelRun(() => ({ model, real: { userId, assetCode: assetOf(order) } }), steps);
      }),
      { numRuns: 40 },
    );
  });
});

const assetOf = (order: string): string => order.toUpperCase().replace('-', '_');
const ORDERS = fc.constantFrom<Order>('expiring-first', 'free-first', 'paid-first');
type Real = { userId: string; assetCode: string };

/** One step of a run: sends its request, expects the model's answer, and compares all that can be seen. */
abstract class Step implements fc.AsyncCommand<LotModel, Real> {
  check = (_model: Readonly<LotModel>): boolean => true;
  abstract take(model: LotModel, real: Real): Promise<void>;

  async run(model: LotModel, real: Real): Promise<void> {
    await this.take(model, real);
    const live = model.live();
    expect(await lotsOf(real.userId, real.assetCode)).toEqual(
      live.map(({ lot, held }) => expect.objectContaining({ ...told(lot), held })),
    );
    const next = model.lots.map(({ expiresAt }) => expiresAt).filter((at) => at !== null);
    const paid = live.filter(({ lot }) => lot.origin === 'paid');
    const balance = await balanceOf(real.userId, real.assetCode);
    expect([balance.balance, balance.held, balance.available, balance.paid]).toEqual([
      model.balance,
      model.held,
      model.balance - model.held,
      paid.reduce((total, { lot }) => total + lot.amount, 0),
    ]);
    const first = Math.min(...next);
    expect(balance.nextExpiry).toEqual(
      next.length === 0
        ? null
        : { at: isoOf(first), amount: sum(model.lots.filter(({ expiresAt }) => expiresAt === first)) },
    );
  }

  toString(): string {
    return `${this.constructor.name} ${JSON.stringify({ ...this, check: undefined })}`;
  }
}

const isoOf = (millis: number): string => new Date(millis).toISOString();
const told = ({ origin, source, priority, expiresAt, amount, costs, cost }: Lot) => ({
  origin,
  source,
  priority,
  expiresAt: expiresAt === null ? null : isoOf(expiresAt),
  amount,
  ...(costs && { cost: { amount: cost / 1_000_000, currency: 'EUR' } }),
});
/** What came back, which is what the model says, or its refusal. */
const answers = (reply: Reply, code: string | undefined) => expect(reply.body.error?.code).toBe(code);

class Credit extends Step {
  constructor(
    readonly amount: number,
    readonly origin: 'paid' | 'free',
    readonly source: string | null,
    readonly priority: number,
    readonly seconds: number | null,
    readonly cents: number | null,
    readonly kind: 'topup' | 'bonus' | 'adjustment' | 'batch' | 'opening',
  ) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount, origin, source, priority, seconds } = this;
    const cents = origin === 'paid' ? this.cents : null;
    const reply = await this.send({
      userId,
      assetCode,
      amount,
      origin,
      priority,
      ...(source && { source }),
      ...(seconds && { expiresInSeconds: seconds }),
      ...(cents && { cost: { amount: cents / 100, currency: 'EUR' } }),
    });
    answers(reply, undefined);
    const { transactionId } = reply.body.data.transactions?.[0] ?? reply.body.data;
    const cost = { costs: cents !== null, cost: (cents ?? 0) * 10_000 };
    const expiresAt = seconds && model.now + seconds * 1_000;
    model.credit(transactionId, { origin, source, priority, expiresAt, amount, ...cost });
    if (this.kind === 'adjustment' || this.kind === 'opening') {
      // No reversal takes it back.
      model.credits.pop();
    }
  }

  private send(body: object): Promise<Reply> {
    switch (this.kind) {
      case 'adjustment':
        return send('wallet/adjustment', { ...body, direction: 'credit', reason: 'model' });
      case 'opening':
        return inBatch('opening', body);
      case 'batch':
        return inBatch('topup', body);
      default:
        return send(`wallet/${this.kind}`, body);
    }
  }
}

class Spend extends Step {
  constructor(
    readonly amount: number,
    readonly only: Only | undefined,
    readonly inBatch: boolean,
  ) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount, only } = this;
    const body = { userId, assetCode, amount, only };
    const reply = await (this.inBatch ? inBatch('purchase', body) : send('wallet/purchase', body));
    const passes = model.spend(
      reply.body.data?.transactions?.[0].transactionId ?? reply.body.data?.transactionId,
      amount,
      only,
    );
    answers(reply, passes ? undefined : 'INSUFFICIENT_FUNDS');
  }
}

class Give extends Step {
  constructor(readonly amount: number) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount } = this;
    const toUserId = `${userId}_friend`;
    const before = await balanceOf(toUserId, assetCode);
    const reply = await send('wallet/transfer', { fromUserId: userId, toUserId, assetCode, amount });
    const passes = model.burn(amount);
    answers(reply, passes ? undefined : 'INSUFFICIENT_FUNDS');
    const after = await balanceOf(toUserId, assetCode);
    expect([after.balance, after.paid + after.free]).toEqual(
      Array(2).fill(before.balance + (passes ? amount : 0)),
    );
  }
}

class Exchange extends Step {
  constructor(readonly amount: number) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount } = this;
    const to = { assetCode: 'GOLD_COIN', amount: 1 };
    const reply = await send('wallet/exchange', { userId, from: { assetCode, amount }, to });
    answers(reply, model.burn(amount) ? undefined : 'INSUFFICIENT_FUNDS');
  }
}

class TakeOfLot extends Step {
  constructor(
    readonly index: number,
    readonly amount: number,
  ) {
    super();
  }
  override check = (model: Readonly<LotModel>): boolean => model.live().length > this.index;
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount } = this;
    const { lotId } = (await lotsOf(userId, assetCode))[this.index];
    const reply = await send('wallet/adjustment', {
      userId,
      assetCode,
      amount,
      lotId,
      direction: 'debit',
      reason: 'model',
    });
    const passes = model.burn(amount, model.live()[this.index]?.lot);
    answers(reply, passes ? undefined : 'INSUFFICIENT_FUNDS');
  }
}

class Place extends Step {
  constructor(
    readonly amount: number,
    readonly seconds: number,
    readonly only: Only | undefined,
  ) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount, seconds, only } = this;
    const reply = await send('holds/place', { userId, assetCode, amount, only, expiresInSeconds: seconds });
    const passes = model.place(reply.body.data?.holdId, amount, seconds * 1_000, only);
    answers(reply, passes ? undefined : 'INSUFFICIENT_FUNDS');
  }
}

abstract class OfHold extends Step {
  constructor(readonly index: number) {
    super();
  }
  override check = (model: Readonly<LotModel>): boolean => model.holds.size > 0;
  holdOf = (model: LotModel): string => [...model.holds.keys()][this.index % model.holds.size] as string;
}

class Capture extends OfHold {
  constructor(
    index: number,
    readonly amount: number,
  ) {
    super(index);
  }
  async take(model: LotModel) {
    const { amount } = this;
    const holdId = this.holdOf(model);
    const body = { amount, idempotencyKey: key() };
    const reply = await wallet.call('holds/capture', { path: { holdId }, body });
    answers(reply, model.capture(holdId, reply.body.data?.transactionId, amount));
  }
}

class Void extends OfHold {
  async take(model: LotModel) {
    const holdId = this.holdOf(model);
    answers(await wallet.call('holds/void', { path: { holdId } }), undefined);
    model.void(holdId);
  }
}

class Refund extends Step {
  constructor(
    readonly index: number,
    readonly amount: number,
  ) {
    super();
  }
  override check = (model: Readonly<LotModel>): boolean => model.spent.length > 0;
  async take(model: LotModel) {
    const index = this.index % model.spent.length;
    const purchase = model.spent[index];
    const amount = Math.min(this.amount, purchase?.left ?? 0);
    const body = { transactionId: purchase?.id, ...(amount > 0 && { amount }) };
    const reply = await send('wallet/refund', body);
    answers(reply, amount === 0 ? 'REFUND_EXCEEDS_ORIGINAL' : undefined);
    if (amount > 0) {
      model.refund(index, amount);
    }
  }
}

class Reverse extends Step {
  constructor(
    readonly index: number,
    readonly amount: number,
    readonly mode: 'reject' | 'allow-negative' | 'take-what-is-left',
  ) {
    super();
  }
  override check = (model: Readonly<LotModel>): boolean => model.credits.length > 0;
  async take(model: LotModel) {
    const index = this.index % model.credits.length;
    const credit = model.credits[index];
    const amount = Math.min(this.amount, credit?.left ?? 0);
    const reply = await send('wallet/reversal', {
      transactionId: credit?.id,
      reason: 'model',
      onInsufficientFunds: this.mode,
      ...(amount > 0 && { amount }),
    });
    if (amount === 0) {
      return answers(reply, 'ALREADY_REVERSED');
    }
    const taken = model.reverse(index, amount, this.mode);
    answers(reply, taken === undefined ? 'INSUFFICIENT_FUNDS' : undefined);
    if (taken !== undefined) {
      expect(reply.body.data).toMatchObject({ amount: taken, taken, shortfall: amount - taken });
    }
  }
}

class Advance extends Step {
  constructor(readonly seconds: number) {
    super();
  }
  async take(model: LotModel) {
    await clock.advance(this.seconds);
    model.tick(await clock.now());
  }
}

class Sweep extends Step {
  async take() {
    await sweep();
  }
}

const amount = fc.integer({ min: 1, max: 20 });
const which = fc.nat(5);
const source = fc.constantFrom(null, 'shop', 'web');
const seconds = fc.constantFrom(null, 100, 400);
const only = fc.constantFrom<(Only | undefined)[]>(
  undefined,
  undefined,
  { origin: 'paid' },
  { sources: ['shop', 'web'] },
  { origin: 'free', sources: ['web'] },
);
const STEPS = [
  fc
    .tuple(
      amount,
      fc.constantFrom<('paid' | 'free')[]>('paid', 'free'),
      source,
      fc.constantFrom(50, 50, 10),
      seconds,
      fc.constantFrom(null, 99, 1_000),
      fc.constantFrom<Credit['kind'][]>('topup', 'bonus', 'adjustment', 'batch', 'opening'),
    )
    .map((given) => new Credit(...given)),
  fc.tuple(amount, only, fc.boolean()).map((given) => new Spend(...given)),
  amount.map((units) => new Give(units)),
  amount.map((units) => new Exchange(units)),
  fc.tuple(which, amount).map(([index, units]) => new TakeOfLot(index, units)),
  fc.tuple(amount, fc.constantFrom(60, 300), only).map((given) => new Place(...given)),
  fc.tuple(which, amount).map(([index, units]) => new Capture(index, units)),
  which.map((index) => new Void(index)),
  fc.tuple(which, amount).map(([index, units]) => new Refund(index, units)),
  fc
    .tuple(which, amount, fc.constantFrom<Reverse['mode'][]>('reject', 'allow-negative', 'take-what-is-left'))
    .map((given) => new Reverse(...given)),
  fc.constantFrom(50, 100, 350).map((by) => new Advance(by)),
  fc.constant(0).map(() => new Sweep()),
];
