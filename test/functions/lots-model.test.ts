import * as fc from 'fast-check';
import type { RouteId } from '../../functions/routes';
import { type Clock, standClock } from '../support/clock';
import { type Lot, LotModel, type Only, type Order, sum } from '../support/lot-model';
import { assetOf, lotCalls } from '../support/lots';
import { discrepancies } from '../support/reconcile';
import {
  ISOLATION_LEVELS,
  key,
  openAccounts,
  openWallet,
  type Reply,
  type TestWallet,
} from '../support/wallet';

let wallet: TestWallet;
let clock: Clock;
const { putAsset, lotsOf, balanceOf, sweep, ...calls } = lotCalls(() => wallet);

/** Sends a request twice under one key: the second time it does nothing, and is answered alike. */
async function twice(request: (idempotencyKey: string) => Promise<Reply>): Promise<Reply> {
  const idempotencyKey = key();
  const first = await request(idempotencyKey);
  const again = await request(idempotencyKey);
  expect([again.status, again.body.data, again.body.error?.code]).toEqual([
    first.status,
    first.body.data,
    first.body.error?.code,
  ]);
  return first;
}
const send = (id: RouteId, body: object) =>
  twice((idempotencyKey) => calls.send(id, { ...body, idempotencyKey }));
const inBatch = (type: string, body: object) =>
  twice((idempotencyKey) => calls.inBatch(type, { ...body, idempotencyKey }));

const GRACE = 200;

describe.each(ISOLATION_LEVELS)('%s transactions', (isolation) => {
  beforeAll(async () => {
    wallet = await openWallet({ isolation, service: { logLevel: 'error' } });
    clock = await standClock(wallet);
    for (const order of ['expiring-first', 'free-first', 'paid-first']) {
      await putAsset(assetOf(order), { burnOrder: order, refundGraceSeconds: GRACE });
    }
  });

  afterAll(async () => {
    expect(await discrepancies(wallet)).toEqual({});
    await wallet.close();
  });

  test('every operation on lots, with a moving clock, ends as a model predicts', async () => {
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
  constructor(
    readonly amount: number,
    readonly inBatch: boolean,
  ) {
    super();
  }
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount } = this;
    const toUserId = `${userId}_friend`;
    const before = await balanceOf(toUserId, assetCode);
    const body = { fromUserId: userId, toUserId, assetCode, amount };
    const reply = await (this.inBatch ? inBatch('transfer', body) : send('wallet/transfer', body));
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
    /** It never takes of another lot, whatever it may do. */
    readonly onInsufficientFunds: 'reject' | 'allow-negative',
  ) {
    super();
  }
  override check = (model: Readonly<LotModel>): boolean => model.live().length > this.index;
  async take(model: LotModel, { userId, assetCode }: Real) {
    const { amount, onInsufficientFunds } = this;
    const { lotId } = (await lotsOf(userId, assetCode))[this.index];
    const reply = await send('wallet/adjustment', {
      userId,
      assetCode,
      amount,
      lotId,
      direction: 'debit',
      reason: 'model',
      onInsufficientFunds,
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
    const reply = await twice((idempotencyKey) =>
      wallet.call('holds/capture', { path: { holdId }, body: { amount, idempotencyKey } }),
    );
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
  fc.tuple(amount, fc.boolean()).map((given) => new Give(...given)),
  amount.map((units) => new Exchange(units)),
  fc
    .tuple(which, amount, fc.constantFrom('reject', 'allow-negative'))
    .map((given) => new TakeOfLot(...given)),
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
