import * as fc from 'fast-check';
import { loadJob } from '../../infra/local/schedule';
import { toContext } from '../../lib/http/gateway-event';
import { discrepancies } from '../support/reconcile';
import { ISOLATION_LEVELS, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

const money = (kind: 'topup' | 'purchase', userId: string, amount: number) =>
  wallet.call(`wallet/${kind}`, { body: { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key() } });
const place = (userId: string, amount: number, more: object = {}) =>
  wallet.call('holds/place', {
    body: { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key(), ...more },
  });
const capture = (holdId: string, more: object = {}) =>
  wallet.call('holds/capture', { path: { holdId }, body: { idempotencyKey: key(), ...more } });
const giveUp = (holdId: string) => wallet.call('holds/void', { path: { holdId } });
const read = async (holdId: string) => (await wallet.call('holds/get', { path: { holdId } })).body.data;
const funds = async (userId: string) => {
  const { data } = (
    await wallet.call('wallet/balance', { path: { userId }, query: { assetCode: 'GOLD_COIN' } })
  ).body;
  const { balance, held, available } = data.balances[0];
  return [balance, held, available];
};
/** Time passes for a hold: its expiry, by the database's clock, lies behind. */
const pass = (holdId: string) =>
  wallet.sql("UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = $1", [holdId]);
const open = async (userId: string, balance: number) => {
  await openAccounts(wallet, userId);
  await money('topup', userId, balance);
};
const NOWHERE = '00000000-0000-7000-8000-000000000000';

test('a hold reserves at once: available falls, balance stays, and no spend can use it', async () => {
  await open('ann', 100);
  const before = Date.now();
  const reply = await place('ann', 60, { expiresInSeconds: 60, metadata: { order: 7 } });
  expect([reply.status, reply.body.data]).toEqual([
    201,
    {
      holdId: expect.any(String),
      userId: 'ann',
      assetCode: 'GOLD_COIN',
      amount: 60,
      status: 'active',
      expiresAt: expect.any(String),
      available: 40,
    },
  ]);
  expect(new Date(reply.body.data.expiresAt).getTime()).toBeGreaterThan(before + 50_000);
  expect(await funds('ann')).toEqual([100, 60, 40]);
  expect((await money('purchase', 'ann', 41)).body.error).toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { available: 40, required: 41 },
  });
  expect((await place('ann', 41)).body.error).toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { available: 40 },
  });
  expect((await money('purchase', 'ann', 40)).status).toBe(201);
  expect(await read(reply.body.data.holdId)).toMatchObject({
    status: 'active',
    capturedAmount: null,
    metadata: { order: 7 },
  });
});

test('a capture spends part or all of a hold as a purchase, and frees the rest', async () => {
  await open('bob', 100);
  const { holdId } = (await place('bob', 60)).body.data;
  const over = await capture(holdId, { amount: 60.01 });
  expect([over.status, over.body.error]).toMatchObject([
    422,
    { code: 'CAPTURE_EXCEEDS_HOLD', details: { held: 60, required: 60.01 } },
  ]);
  const reply = await capture(holdId, { amount: 25, metadata: { itemName: 'Sword' } });
  expect([reply.status, reply.body.data]).toEqual([
    201,
    {
      transactionId: expect.any(String),
      userId: 'bob',
      assetCode: 'GOLD_COIN',
      amount: 25,
      newBalance: 75,
      timestamp: expect.any(String),
      item: 'Sword',
      holdId,
      releasedAmount: 35,
    },
  ]);
  expect(await funds('bob')).toEqual([75, 0, 75]);
  expect(await read(holdId)).toMatchObject({
    status: 'captured',
    capturedAmount: 25,
    transactionId: reply.body.data.transactionId,
  });
  const { transactions } = (await wallet.call('wallet/history', { path: { userId: 'bob' } })).body.data;
  expect(transactions.map((row: { description: string }) => row.description)).toEqual([
    'Purchase Sword for 25.00 GOLD_COIN',
    'Top-up of 100.00 GOLD_COIN',
  ]);
  const whole = (await place('bob', 75)).body.data.holdId;
  expect((await capture(whole)).body.data).toMatchObject({ amount: 75, newBalance: 0, releasedAmount: 0 });
});

test('a hold can be resolved only once', async () => {
  await open('cat', 100);
  const captured = (await place('cat', 10)).body.data.holdId;
  await capture(captured);
  const voided = (await place('cat', 10)).body.data.holdId;
  const first = await giveUp(voided);
  expect([first.status, first.body.data]).toMatchObject([200, { holdId: voided, status: 'voided' }]);
  expect((await giveUp(voided)).body).toEqual(first.body);
  const expired = (await place('cat', 10)).body.data.holdId;
  await pass(expired);
  for (const [holdId, code] of [
    [captured, 'HOLD_CAPTURED'],
    [voided, 'HOLD_VOIDED'],
    [expired, 'HOLD_EXPIRED'],
    [NOWHERE, 'HOLD_NOT_FOUND'],
  ] as const) {
    expect([code, (await capture(holdId)).body.error.code]).toEqual([code, code]);
  }
  expect((await giveUp(captured)).body.error.code).toBe('HOLD_CAPTURED');
  expect((await giveUp(expired)).body.error.code).toBe('HOLD_EXPIRED');
  expect((await giveUp(NOWHERE)).body.error.code).toBe('HOLD_NOT_FOUND');
  expect(await funds('cat')).toEqual([90, 0, 90]);
});

test('what an expired hold reserved can be used again, even before the sweeper runs', async () => {
  await open('dan', 30);
  const spend = async (use: () => Promise<{ status: number }>) => {
    const { holdId } = (await place('dan', 10)).body.data;
    await pass(holdId);
    expect((await read(holdId)).status).toBe('expired');
    expect((await use()).status).toBe(201);
    expect(await wallet.sql('SELECT status FROM holds WHERE id = $1', [holdId])).toEqual([
      { status: 'expired' },
    ]);
  };
  await spend(() => money('purchase', 'dan', 30));
  await money('topup', 'dan', 30);
  await spend(() => place('dan', 25, { idempotencyKey: 'stays' }));
  const stays = (await place('dan', 25, { idempotencyKey: 'stays' })).body.data.holdId;
  await pass((await place('dan', 5)).body.data.holdId);
  expect((await capture(stays)).body.data).toMatchObject({ newBalance: 5 });
  expect(await funds('dan')).toEqual([5, 0, 5]);
});

test('the available amount after a new hold does not count expired holds', async () => {
  await open('old', 100);
  await pass((await place('old', 30)).body.data.holdId);
  expect((await place('old', 10)).body.data.available).toBe(90);
  expect(await funds('old')).toEqual([100, 10, 90]);
});

test('a hold that a spend has expired stays expired, even when the clock goes back', async () => {
  await open('ian', 10);
  const { holdId } = (await place('ian', 5)).body.data;
  await pass(holdId);
  expect((await money('purchase', 'ian', 10)).status).toBe(201);
  await wallet.sql("UPDATE holds SET expires_at = now() + interval '1 hour' WHERE id = $1", [holdId]);
  expect((await capture(holdId)).body.error.code).toBe('HOLD_EXPIRED');
  expect((await giveUp(holdId)).body.error.code).toBe('HOLD_EXPIRED');
});

test('the sweeper expires every hold that is due, however many one balance has', async () => {
  await open('many', 200);
  await open('one', 10);
  const ids = await Promise.all(
    Array.from({ length: 120 }, async () => (await place('many', 1)).body.data.holdId),
  );
  ids.push((await place('one', 1)).body.data.holdId);
  await wallet.sql("UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = ANY ($1)", [ids]);
  await (await loadJob('jobs/expire-holds'))({}, toContext('jobs/expire-holds', 60_000));
  expect(await wallet.sql('SELECT DISTINCT status FROM holds WHERE id = ANY ($1)', [ids])).toEqual([
    { status: 'expired' },
  ]);
});

test('the sweeper marks expired holds and frees what they reserved', async () => {
  await open('eve', 30);
  const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
  await wallet.app.ledger.expireHolds(100, call);
  const { holdId } = (await place('eve', 10)).body.data;
  const live = (await place('eve', 5)).body.data.holdId;
  await pass(holdId);
  expect(await wallet.app.ledger.expireHolds(100, call)).toBe(1);
  expect(await wallet.app.ledger.expireHolds(100, call)).toBe(0);
  expect(
    await wallet.sql('SELECT status FROM holds WHERE id = ANY ($1) ORDER BY amount', [[holdId, live]]),
  ).toEqual([{ status: 'active' }, { status: 'expired' }]);
  expect(await funds('eve')).toEqual([30, 5, 25]);
});

test('a repeated hold request is a replay, and holds and postings cannot share a key', async () => {
  await open('fay', 100);
  const once = { idempotencyKey: key() };
  const placed = await place('fay', 10, once);
  const { holdId } = placed.body.data;
  const captured = { idempotencyKey: key(), amount: 4 };
  const first = await capture(holdId, captured);
  const again = await place('fay', 10, once);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
    201,
    placed.body,
    'true',
  ]);
  const replay = await capture(holdId, captured);
  expect([replay.status, replay.body, replay.headers['idempotency-replayed']]).toEqual([
    201,
    first.body,
    'true',
  ]);
  for (const idempotencyKey of [once.idempotencyKey, captured.idempotencyKey]) {
    const body = { userId: 'fay', assetCode: 'GOLD_COIN', amount: 10, idempotencyKey };
    expect((await wallet.call('wallet/topup', { body })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await place('fay', 11, { idempotencyKey })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  }
});

test('a frozen account can only void holds, and an account with a hold cannot close', async () => {
  await open('gil', 10);
  const { holdId } = (await place('gil', 10)).body.data;
  const become = (status: string) =>
    wallet.call('admin/set-account-status', { path: { userId: 'gil' }, body: { status } });
  expect((await become('closed')).body.error.code).toBe('ACCOUNT_NOT_EMPTY');
  await become('frozen');
  expect((await place('gil', 1)).body.error.code).toBe('ACCOUNT_FROZEN');
  expect((await capture(holdId)).body.error.code).toBe('ACCOUNT_FROZEN');
  expect((await giveUp(holdId)).status).toBe(200);
});

test('captures, voids and spends at once resolve the hold once, and never overspend', async () => {
  await open('hal', 10);
  const { holdId } = (await place('hal', 10)).body.data;
  const replies = await Promise.all(
    Array.from({ length: 48 }, (_, worker) =>
      worker % 3 === 0 ? capture(holdId) : worker % 3 === 1 ? giveUp(holdId) : money('purchase', 'hal', 10),
    ),
  );
  const passed = (kind: number) =>
    replies.filter(({ status }, worker) => worker % 3 === kind && status < 300).length;
  const [captures, voids, sales] = [passed(0), passed(1), passed(2)];
  // A void that comes again gets the same answer; what was voided may be spent once.
  expect(captures === 1 ? [voids, sales] : [captures, voids, sales]).toEqual(
    captures === 1 ? [0, 0] : [0, 16, Math.min(sales, 1)],
  );
  expect((await read(holdId)).status).toBe(captures === 1 ? 'captured' : 'voided');
  expect(await funds('hal')).toEqual(captures + sales === 1 ? [0, 0, 0] : [10, 0, 10]);
  expect(replies.every(({ status }) => status < 500)).toBe(true);
});

type State = 'active' | 'captured' | 'voided' | 'expired';
type ModelHold = { id: string; amount: number; state: State };

/** What a user's holds and funds must be, told in a few lines. */
class Model {
  balance = 0;
  frozen = false;
  holds: ModelHold[] = [];

  get held(): number {
    return this.holds.filter(({ state }) => state === 'active').reduce((sum, { amount }) => sum + amount, 0);
  }

  refuses(amount: number): string | undefined {
    return this.frozen
      ? 'ACCOUNT_FROZEN'
      : amount > this.balance - this.held
        ? 'INSUFFICIENT_FUNDS'
        : undefined;
  }
}

type Told = { body: { error?: { code: string }; data?: { holdId?: string } } };

/** One step of a run: sends its request, expects the model's answer, and moves the model when it passed. */
abstract class Step implements fc.AsyncCommand<Model, string> {
  check = (_model: Readonly<Model>): boolean => true;

  abstract send(userId: string, model: Model): Promise<Told>;
  abstract refusal(model: Model): string | undefined;
  abstract pass(model: Model, reply: Told): void;

  async run(model: Model, userId: string): Promise<void> {
    const expected = this.refusal(model);
    const reply = await this.send(userId, model);
    expect(reply.body.error?.code).toBe(expected);
    if (expected === undefined) {
      this.pass(model, reply);
    }
    expect(await funds(userId)).toEqual([model.balance, model.held, model.balance - model.held]);
  }

  toString(): string {
    return `${this.constructor.name} ${JSON.stringify({ ...this, check: undefined })}`;
  }
}

class Credit extends Step {
  constructor(readonly amount: number) {
    super();
  }
  send = (userId: string) => money('topup', userId, this.amount);
  refusal = () => undefined;
  pass = (model: Model) => {
    model.balance += this.amount;
  };
}

class Spend extends Step {
  constructor(readonly amount: number) {
    super();
  }
  send = (userId: string) => money('purchase', userId, this.amount);
  refusal = (model: Model) => model.refuses(this.amount);
  pass = (model: Model) => {
    model.balance -= this.amount;
  };
}

class Place extends Step {
  constructor(readonly amount: number) {
    super();
  }
  send = (userId: string) => place(userId, this.amount);
  refusal = (model: Model) => model.refuses(this.amount);
  pass = (model: Model, reply: Told) => {
    model.holds.push({ id: reply.body.data?.holdId ?? '', amount: this.amount, state: 'active' });
  };
}

const RESOLVED = {
  active: undefined,
  captured: 'HOLD_CAPTURED',
  voided: 'HOLD_VOIDED',
  expired: 'HOLD_EXPIRED',
} as const;

/** A step about one of the holds, if there are so many. */
abstract class OfHold extends Step {
  constructor(readonly which: number) {
    super();
  }
  override check = (model: Readonly<Model>) => this.which < model.holds.length;
  hold = (model: Model) => model.holds[this.which] as ModelHold;
}

class Capture extends OfHold {
  constructor(
    which: number,
    readonly amount: number,
  ) {
    super(which);
  }
  send = (_userId: string, model: Model) => capture(this.hold(model).id, { amount: this.amount });
  refusal = (model: Model) => {
    const { state, amount } = this.hold(model);
    const ofHold = RESOLVED[state] ?? (this.amount > amount ? 'CAPTURE_EXCEEDS_HOLD' : undefined);
    return model.frozen ? 'ACCOUNT_FROZEN' : ofHold;
  };
  pass = (model: Model) => {
    model.balance -= this.amount;
    this.hold(model).state = 'captured';
  };
}

class Void extends OfHold {
  send = (_userId: string, model: Model) => giveUp(this.hold(model).id);
  refusal = (model: Model) => {
    const { state } = this.hold(model);
    return state === 'voided' ? undefined : RESOLVED[state];
  };
  pass = (model: Model) => {
    this.hold(model).state = 'voided';
  };
}

class Expire extends OfHold {
  override check = (model: Readonly<Model>) => model.holds[this.which]?.state === 'active';
  send = async (_userId: string, model: Model) => {
    await pass(this.hold(model).id);
    return { body: {} };
  };
  refusal = () => undefined;
  pass = (model: Model) => {
    this.hold(model).state = 'expired';
  };
}

class Freeze extends Step {
  constructor(readonly frozen: boolean) {
    super();
  }
  send = (userId: string) =>
    wallet.call('admin/set-account-status', {
      path: { userId },
      body: { status: this.frozen ? 'frozen' : 'active' },
    });
  refusal = () => undefined;
  pass = (model: Model) => {
    model.frozen = this.frozen;
  };
}

const amount = fc.integer({ min: 1, max: 20 });
const which = fc.nat(5);
const STEPS = [
  amount.map((units) => new Credit(units)),
  amount.map((units) => new Spend(units)),
  amount.map((units) => new Place(units)),
  fc.tuple(which, amount).map(([index, units]) => new Capture(index, units)),
  which.map((index) => new Void(index)),
  which.map((index) => new Expire(index)),
  fc.boolean().map((frozen) => new Freeze(frozen)),
];

describe.each(ISOLATION_LEVELS)('%s transactions', (isolation) => {
  beforeAll(async () => {
    await wallet.close();
    wallet = await openWallet({ isolation });
  });

  test('every operation on holds ends as a small model predicts', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(STEPS, { maxCommands: 40 }), async (steps) => {
        const userId = `model_${run++}`;
        await openAccounts(wallet, userId);
        await fc.asyncModelRun(() => ({ model: new Model(), real: userId }), steps);
      }),
      { numRuns: 25 },
    );
  });
});
