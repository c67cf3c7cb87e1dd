import * as fc from 'fast-check';
import { homeOf } from '../../lib/ledger/home';
import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type Reply, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(() => wallet.close());

type Element = Record<string, unknown> & {
  type: 'topup' | 'bonus' | 'purchase' | 'transfer';
  idempotencyKey: string;
};

const batch = (transactions: unknown, onError?: 'skip'): Promise<Reply> =>
  wallet.call('wallet/batch', { body: { transactions, ...(onError && { onError }) } });
const single = ({ type, ...body }: Element): Promise<Reply> => wallet.call(`wallet/${type}`, { body });
const move = (
  type: 'topup' | 'bonus' | 'purchase',
  userId: string,
  amount: number | string,
  more: object = {},
): Element => ({
  type,
  userId,
  assetCode: 'GIFT',
  amount,
  idempotencyKey: key(),
  ...more,
});
const give = (fromUserId: string, toUserId: string, amount: number): Element => ({
  type: 'transfer',
  fromUserId,
  toUserId,
  assetCode: 'GIFT',
  amount,
  idempotencyKey: key(),
});

const setStatus = (userId: string, status: string) =>
  wallet.call('admin/set-account-status', { path: { userId }, body: { status } });

test('a batch posts its elements in one group, each with the reply of its endpoint', async () => {
  await openAccounts(wallet, 'ann', 'bob');
  const reply = await batch([
    move('topup', 'ann', 100),
    move('bonus', 'ann', '5.50', { metadata: { reason: 'Welcome' } }),
    give('ann', 'bob', 25.5),
    move('purchase', 'bob', 5, { metadata: { itemName: 'Hat' } }),
  ]);
  const common = { transactionId: expect.any(String), assetCode: 'GIFT', timestamp: expect.any(String) };
  expect([reply.status, reply.body.data]).toEqual([
    201,
    {
      groupId: expect.any(String),
      transactions: [
        { ...common, userId: 'ann', amount: 100, newBalance: 100 },
        { ...common, userId: 'ann', amount: 5.5, newBalance: 105.5, reason: 'Welcome' },
        {
          ...common,
          fromUserId: 'ann',
          toUserId: 'bob',
          amount: 25.5,
          newBalance: 80,
          groupId: expect.any(String),
        },
        { ...common, userId: 'bob', amount: 5, newBalance: 20.5, item: 'Hat' },
      ],
    },
  ]);
  const [{ transactionId }] = reply.body.data.transactions;
  expect((await wallet.call('admin/get-transaction', { path: { transactionId } })).body.data.groupId).toBe(
    reply.body.data.groupId,
  );
});

test('1000 elements post together', async () => {
  await openAccounts(wallet, 'bulk');
  const reply = await batch(Array.from({ length: 1_000 }, () => move('topup', 'bulk', 0.01)));
  expect([reply.status, reply.body.data.transactions.length]).toEqual([201, 1_000]);
  expect(await balanceOf(wallet, 'bulk', 'GIFT')).toBe(10);
});

test.each<[string, Element, string, object]>([
  ['funds', move('purchase', 'cat', 11), 'INSUFFICIENT_FUNDS', { index: 1, available: 10, required: 11 }],
  ['an unknown user', move('topup', 'nobody', 1), 'USER_NOT_FOUND', { index: 1 }],
  ['an unknown asset', move('topup', 'cat', 1, { assetCode: 'NOTHING' }), 'ASSET_NOT_FOUND', { index: 1 }],
  ['a frozen account that pays', move('purchase', 'ice', 1), 'ACCOUNT_FROZEN', { index: 1 }],
  ['a frozen account that gives', give('ice', 'cat', 1), 'ACCOUNT_FROZEN', { index: 1 }],
  ['a closed account that pays', move('purchase', 'shut', 1), 'ACCOUNT_CLOSED', { index: 1 }],
  ['a closed account that is paid', move('topup', 'shut', 1), 'ACCOUNT_CLOSED', { index: 1 }],
  ['a closed account that is given something', give('cat', 'shut', 1), 'ACCOUNT_CLOSED', { index: 1 }],
  [
    'an asset that is not transferable',
    { ...give('cat', 'ice', 1), assetCode: 'GOLD_COIN' },
    'ASSET_NOT_TRANSFERABLE',
    { index: 1 },
  ],
  ['decimals', move('topup', 'cat', 0.001), 'AMOUNT_PRECISION', { index: 1 }],
  ['one account twice', give('cat', 'cat', 1), 'SAME_ACCOUNT', { index: 1 }],
  ['a full balance', move('topup', 'cat', '9999999999999.99'), 'BALANCE_LIMIT_EXCEEDED', { index: 1 }],
])(
  'a batch whose element fails for %s is refused with the index of the element, and posts nothing',
  async (_, bad, code, details) => {
    await openAccounts(wallet, 'cat', 'ice', 'shut');
    await setStatus('ice', 'frozen');
    await setStatus('shut', 'closed');
    const good = move('topup', 'cat', 10);
    const before = await balanceOf(wallet, 'cat', 'GIFT');
    const reply = await batch([good, bad, move('purchase', 'cat', 1_000_000)]);
    expect(reply.body.error).toMatchObject({ code, details });
    expect(await balanceOf(wallet, 'cat', 'GIFT')).toBe(before);
    expect(await wallet.sql('SELECT FROM journal WHERE idempotency_key = $1', [good.idempotencyKey])).toEqual(
      [],
    );
  },
);

test('an element that breaks the contract is reported by its path', async () => {
  const paths = async (transactions: unknown) =>
    (await batch(transactions)).body.error.details.map(({ path }: { path: string }) => path);
  expect(await paths([move('topup', 'ann', 1), { ...move('topup', 'ann', 0), colour: 1 }])).toEqual([
    'transactions.1.amount',
    'transactions.1.colour',
  ]);
  expect(await paths([{ ...move('topup', 'ann', 1), type: 'gift' }])).toEqual(['transactions.0.type']);
  expect(await paths([])).toEqual(['transactions']);
  expect(await paths(Array(1_001).fill(move('topup', 'ann', 1)))).toEqual(['transactions']);
  expect(await paths(undefined)).toEqual(['transactions']);
});

test('a batch replays elements that posted before, and posts the rest', async () => {
  await openAccounts(wallet, 'dan');
  const known = move('topup', 'dan', 10);
  const first = await single(known);
  const fresh = move('purchase', 'dan', 4);
  const both = await batch([known, fresh]);
  expect([both.status, both.headers['idempotency-replayed']]).toEqual([201, undefined]);
  expect(both.body.data.transactions[0]).toEqual(first.body.data);
  expect(both.body.data.transactions[1].newBalance).toBe(6);
  const twice = [move('topup', 'dan', 1), move('topup', 'dan', 2)];
  const once = await batch(twice);
  const again = await batch(twice);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([201, once.body, 'true']);
  expect(await balanceOf(wallet, 'dan', 'GIFT')).toBe(9);
  expect((await batch([move('topup', 'dan', 1), { ...known, amount: 11 }])).body.error).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    details: { index: 1 },
  });
});

test('a key in the header is refused, because each element has its own', async () => {
  await openAccounts(wallet, 'hed');
  const transactions = [move('topup', 'hed', 1)];
  const reply = await wallet.call('wallet/batch', {
    body: { transactions },
    headers: { 'Idempotency-Key': key() },
  });
  expect(reply.body.error.details).toEqual([
    { path: 'idempotencyKey', message: 'belongs to each element of a batch, not to its headers' },
  ]);
  expect(await balanceOf(wallet, 'hed', 'GIFT')).toBe(0);
});

test('a repeated batch keeps its group, even when some or all of its elements had posted alone', async () => {
  await openAccounts(wallet, 'kim');
  const alone = move('topup', 'kim', 10);
  await single(alone);
  for (const elements of [[alone, move('topup', 'kim', 1)], [alone]]) {
    const groups = [await batch(elements), await batch(elements), await batch(elements)].map(
      ({ body }) => body.data.groupId,
    );
    expect(new Set(groups).size).toBe(1);
  }
});

test('an element that is twice in a batch posts once; another under its key is refused', async () => {
  await openAccounts(wallet, 'eve');
  const element = move('topup', 'eve', 10);
  const reply = await batch([element, move('topup', 'eve', 1), element]);
  expect(reply.body.data.transactions[2]).toEqual(reply.body.data.transactions[0]);
  expect(await balanceOf(wallet, 'eve', 'GIFT')).toBe(11);
  const other = move('topup', 'eve', 10);
  expect((await batch([other, { ...other, amount: 9 }])).body.error).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    details: { index: 1 },
  });
});

test('a batch cannot spend what a hold reserves until the hold expires', async () => {
  await openAccounts(wallet, 'fay');
  await single(move('topup', 'fay', 10));
  const { holdId } = (
    await wallet.call('holds/place', {
      body: { userId: 'fay', assetCode: 'GIFT', amount: 8, idempotencyKey: key() },
    })
  ).body.data;
  const spend = [move('purchase', 'fay', 2), move('purchase', 'fay', 1)];
  expect((await batch(spend)).body.error).toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { index: 1, available: 0 },
  });
  await wallet.sql("UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = $1", [holdId]);
  expect((await batch(spend)).status).toBe(201);
});

test('batches over the same few users at once all pass', async () => {
  const users = ['g0', 'g1', 'g2', 'g3'];
  await openAccounts(wallet, ...users);
  const replies = await Promise.all(
    Array.from({ length: 16 }, (_, worker) =>
      batch(
        Array.from({ length: 20 }, (_, index) =>
          move('topup', users[(worker + index * (worker % 3)) % 4] ?? '', 1),
        ),
      ),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(16).fill(201));
  const balances = await Promise.all(users.map((user) => balanceOf(wallet, user, 'GIFT')));
  expect(balances.reduce((sum, balance) => sum + balance)).toBe(320);
});

/**
 * The users of a run, by index. Each owns 10 of either asset, but for those whose name says otherwise. The
 * first two live in one home, the others in homes of their own.
 */
const USERS = [
  'active',
  'neighbour',
  'frozen',
  'poor',
  'closed',
  'indebted',
  'holding',
  'rich',
  'unknown',
] as const;
type User = (typeof USERS)[number];
/** Users who have accounts. */
const OPEN = USERS.filter((user) => user !== 'unknown');
const who = fc.constantFrom(...USERS);
const units = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map(String),
  fc.constantFrom('0.001', '9999999999999'),
);
const assetCode = fc.oneof(
  { weight: 8, arbitrary: fc.constant('GIFT') },
  { weight: 2, arbitrary: fc.constant('GOLD_COIN') },
  { weight: 1, arbitrary: fc.constant('NOTHING') },
);
/** `like`: the element before it whose key this one takes, and perhaps all else. */
const shape = fc.record({
  type: fc.constantFrom('topup' as const, 'bonus' as const, 'purchase' as const, 'transfer' as const),
  who,
  to: who,
  units,
  assetCode,
  like: fc.option(fc.record({ index: fc.nat(7), whole: fc.boolean() }), { freq: 6 }),
});
type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;

const passing: Shape = {
  type: 'topup',
  who: 'active',
  to: 'active',
  units: '1',
  assetCode: 'GIFT',
  like: null,
};
/** For each code that an element can meet, elements of which the last meets it. */
const CULPRITS: Record<string, Partial<Shape>[]> = {
  USER_NOT_FOUND: [{ who: 'unknown' }],
  ASSET_NOT_FOUND: [{ assetCode: 'NOTHING' }],
  IDEMPOTENCY_KEY_REUSED: [{}, { units: '2', like: { index: 0, whole: false } }],
  ACCOUNT_FROZEN: [{ type: 'purchase', who: 'frozen' }],
  ACCOUNT_CLOSED: [{ type: 'transfer', to: 'closed' }],
  ASSET_NOT_TRANSFERABLE: [{ type: 'transfer', to: 'frozen', assetCode: 'GOLD_COIN' }],
  AMOUNT_PRECISION: [{ units: '0.001' }],
  SAME_ACCOUNT: [{ type: 'transfer' }],
  INSUFFICIENT_FUNDS: [{ type: 'purchase', who: 'holding', units: '3' }],
  BALANCE_LIMIT_EXCEEDED: [{ type: 'transfer', to: 'rich' }],
};

let run = 0;

test.each(Object.entries(CULPRITS))(
  'with %s among them, elements of a batch get the same replies and entries as when sent one by one',
  async (code, culprit) => {
    const culprits = culprit.map((fields) => ({ ...passing, ...fields }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(shape, { maxLength: 3 }),
        fc.array(shape, { maxLength: 3 }),
        async (before, after) => {
          const shapes = [...culprits, ...before, ...after];
          const names = await openWorlds(['alone', 'skip', 'whole']);
          const alone: string[] = [];
          for (const element of elementsOf(shapes, names.alone)) {
            alone.push(answerOf(await single(element)));
          }
          expect(alone[culprits.length - 1]).toBe(code);

          const skipped = await batch(elementsOf(shapes, names.skip), 'skip');
          expect(skipped.status).toBe(201);
          expect(answersOf(skipped)).toEqual(alone);
          expect(await entriesOf(names.skip)).toEqual(await entriesOf(names.alone));

          const untouched = await entriesOf(names.whole);
          const whole = await batch(elementsOf(shapes, names.whole));
          const failures = alone.flatMap((answer, index) =>
            answer in POSTED ? [] : [{ index, code: answer }],
          );
          expect(whole.body.error).toMatchObject({
            code: failures[0]?.code,
            details: { index: failures[0]?.index, failures, failureCount: failures.length },
          });
          expect(await entriesOf(names.whole)).toEqual(untouched);
        },
      ),
      { numRuns: 4, examples: [[[], []]] },
    );
  },
);

type Names = Record<User, string>;
const POSTED = { posted: 201, replayed: 201 };

function answerOf(reply: Reply): string {
  return (
    reply.body.error?.code ?? (reply.headers['idempotency-replayed'] === undefined ? 'posted' : 'replayed')
  );
}

/**
 * Of an element that was posted twice in a batch, the reply tells no more than of one that was posted once.
 */
function answersOf({ body: { data } }: Reply): string[] {
  const codes = new Map<number, string>(
    data.failures.map(({ index, code }: { index: number; code: string }) => [index, code]),
  );
  const seen = new Set<string>();
  return data.transactions.map((told: { transactionId: string } | null, index: number) => {
    const answer = codes.get(index) ?? (seen.has(told?.transactionId ?? '') ? 'replayed' : 'posted');
    seen.add(told?.transactionId ?? '');
    return answer;
  });
}

function elementsOf(shapes: Shape[], names: Names): Element[] {
  const elements: Element[] = [];
  for (const { type, who: user, to, units: amount, assetCode: asset, like } of shapes) {
    const model = like === null ? undefined : elements[like.index];
    const own =
      type === 'transfer'
        ? give(names[user], names[to], 0)
        : move(type, names[user], 0, { idempotencyKey: key() });
    const element: Element = {
      ...own,
      amount,
      assetCode: asset,
      ...(model && { idempotencyKey: model.idempotencyKey }),
    };
    elements.push(model !== undefined && like?.whole ? model : element);
  }
  return elements;
}

/** The same users three times, whose names differ in their world alone. */
async function openWorlds<World extends string>(worlds: World[]): Promise<Record<World, Names>> {
  run += 1;
  const made = worlds.map(async (world) => {
    const names = Object.fromEntries(USERS.map((user) => [user, `${world}_${run}_${user}`])) as Names;
    const home = homeOf(names.active);
    for (let tail = 0; homeOf(names.neighbour) !== home; tail++) {
      names.neighbour = `${world}_${run}_neighbour_${tail}`;
    }
    await openUsers(names);
    return [world, names];
  });
  return Object.fromEntries(await Promise.all(made));
}

async function openUsers(names: Names): Promise<void> {
  const accounts = OPEN.map((user) => ({ userId: names[user] }));
  expect((await wallet.call('admin/open-accounts', { body: { accounts } })).status).toBe(200);
  const funded: User[] = ['active', 'neighbour', 'frozen', 'indebted', 'holding'];
  const funds = ['GIFT', 'GOLD_COIN'].flatMap((asset) => [
    ...funded.map((user) => move('topup', names[user], 10, { assetCode: asset })),
    move('topup', names.rich, '9999999999999', { assetCode: asset }),
  ]);
  expect((await batch(funds)).status).toBe(201);
  for (const asset of ['GIFT', 'GOLD_COIN']) {
    const posting = (userId: string, amount: number) => ({
      userId,
      assetCode: asset,
      amount,
      idempotencyKey: key(),
    });
    expect((await wallet.call('holds/place', { body: posting(names.holding, 8) })).status).toBe(201);
    const debt = { direction: 'debit', reason: 'test', onInsufficientFunds: 'allow-negative' };
    expect(
      (await wallet.call('wallet/adjustment', { body: { ...posting(names.indebted, 15), ...debt } })).status,
    ).toBe(201);
  }
  await setStatus(names.frozen, 'frozen');
  await setStatus(names.closed, 'closed');
}

/** Every entry of these users, in order, without what differs by nature: ids and times. */
async function entriesOf(names: Names): Promise<string[]> {
  const users = Object.entries(names);
  const rows = await wallet.sql(
    `SELECT concat_ws(' ', u.name, s.code, e.seq, e.kind, e.entry_type, e.amount, e.running_balance) AS text
     FROM unnest($1::text[], $2::text[]) AS u(name, handle)
     JOIN accounts a ON a.handle = u.handle
     JOIN ledger_entries e ON e.account_id = a.id JOIN asset_types s ON s.id = e.asset_type_id
     ORDER BY u.name, s.code, e.seq`,
    [users.map(([name]) => name), users.map(([, handle]) => handle)],
  );
  return rows.map(({ text }) => text);
}
