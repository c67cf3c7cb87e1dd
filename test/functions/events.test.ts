import { FIRST_CURSOR } from '../../lib/contract/events';
import { expectFollowed, follow, pagesOf, settled } from '../support/follower';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeEach(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'ann', 'bob');
});
afterEach(() => wallet.close());

const listNow = async (query: Record<string, string> = {}) =>
  (await wallet.call('events/list', { query: { limit: '1000', ...query } })).body.data;
const list = async (query: Record<string, string> = {}) => {
  await settled(wallet);
  return listNow(query);
};
/** Where the events end now. */
const here = async (): Promise<string> => (await list()).nextCursor;
const post = async (kind: 'topup' | 'purchase', userId: string, amount: number): Promise<string> => {
  const body = { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key() };
  return (await wallet.call(`wallet/${kind}`, { body })).body.data.transactionId;
};
const hold = async (expiresInSeconds = 900): Promise<string> => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: 2, idempotencyKey: key(), expiresInSeconds };
  return (await wallet.call('holds/place', { body })).body.data.holdId;
};

test('each kind of change makes one event, with the data of the endpoint that reads it', async () => {
  await post('topup', 'ann', 20);
  const start = await here();

  const posted = await post('purchase', 'ann', 5);
  const captured = await hold();
  await wallet.call('holds/capture', {
    path: { holdId: captured },
    body: { amount: 1, idempotencyKey: key() },
  });
  const voided = await hold();
  await wallet.call('holds/void', { path: { holdId: voided } });
  await wallet.call('admin/put-account', { path: { userId: 'cat' }, body: { name: 'Cat' } });
  await wallet.call('admin/set-account-status', { path: { userId: 'cat' }, body: { status: 'frozen' } });
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gem', scale: 0, lots: true },
  });

  const { events } = await list({ after: start });
  const transaction = async (transactionId: string) =>
    (await wallet.call('admin/get-transaction', { path: { transactionId } })).body.data;
  const holdNow = async (holdId: string) => (await wallet.call('holds/get', { path: { holdId } })).body.data;
  const account = (await wallet.call('admin/get-account', { path: { userId: 'cat' } })).body.data;
  const assets = (await wallet.call('admin/list-assets')).body.data.assets;
  const placed = { status: 'active', capturedAmount: null, transactionId: null };
  const capture = (await holdNow(captured)).transactionId;
  expect(events.map(({ type, subject, data }: Record<string, unknown>) => [type, subject, data])).toEqual([
    ['wallet.transaction.posted', 'ann', await transaction(posted)],
    ['wallet.hold.placed', 'ann', { ...(await holdNow(captured)), ...placed }],
    ['wallet.transaction.posted', 'ann', await transaction(capture)],
    ['wallet.hold.captured', 'ann', await holdNow(captured)],
    ['wallet.hold.placed', 'ann', { ...(await holdNow(voided)), ...placed }],
    ['wallet.hold.voided', 'ann', await holdNow(voided)],
    ['wallet.account.opened', 'cat', { ...account, status: 'active' }],
    ['wallet.account.changed', 'cat', account],
    [
      'wallet.asset.changed',
      undefined,
      assets.find(({ assetCode }: { assetCode: string }) => assetCode === 'GEM'),
    ],
  ]);
  expect(events[0]).toMatchObject({
    specversion: '1.0',
    id: posted,
    source: `urn:wallet:${wallet.admin.database}`,
    time: events[0].data.timestamp,
    datacontenttype: 'application/json',
  });
});

test('an expired hold makes one event, when the ledger notices the expiry', async () => {
  await post('topup', 'ann', 20);
  const holdId = await hold();
  const start = await here();
  await wallet.sql("UPDATE holds SET expires_at = now() - interval '1 second' WHERE id = $1", [holdId]);
  for (let times = 0; times < 2; times++) {
    await wallet.app.ledger.expireHolds(100, { deadline: Number.POSITIVE_INFINITY, retries: [] });
  }
  const { events } = await list({ after: start });
  expect(events.map(({ type, data }: Record<string, unknown>) => [type, data])).toEqual([
    ['wallet.hold.expired', expect.objectContaining({ holdId, status: 'expired', capturedAmount: null })],
  ]);
});

test('refusals, replays and dry runs make no events', async () => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: 3, idempotencyKey: key() };
  await wallet.call('wallet/topup', { body });
  const start = await here();
  await wallet.call('wallet/topup', { body });
  await wallet.call('wallet/topup', { body: { ...body, idempotencyKey: key(), dryRun: true } });
  await wallet.call('wallet/purchase', { body: { ...body, amount: 1_000_000, idempotencyKey: key() } });
  await wallet.call('admin/put-account', { path: { userId: 'ann' } });
  expect(await list({ after: start })).toEqual({ events: [], nextCursor: start });
});

test('pages of any size follow each other from the beginning, and their cursors sort as texts', async () => {
  for (let amount = 1; amount <= 5; amount++) {
    const moved = { userId: 'ann', assetCode: 'GOLD_COIN', type: 'topup' };
    const transactions = Array.from({ length: 5 }, () => ({ ...moved, amount, idempotencyKey: key() }));
    await wallet.call('wallet/batch', { body: { transactions } });
  }
  const whole = await list();
  for (const limit of [1, 2, 7]) {
    const followed = await follow(wallet, pagesOf(wallet, 0, limit), Promise.resolve());
    await expectFollowed(wallet, followed);
    expect(followed.ids).toEqual(whole.events.map(({ id }: { id: string }) => id));
  }
  const cursors = whole.events.map(({ sequence }: { sequence: string }) => sequence);
  expect([...cursors].sort()).toEqual(cursors);
  expect(whole.nextCursor).toBe(cursors.at(-1));
  expect((await list({ after: FIRST_CURSOR })).events).toEqual(whole.events);
});

test('a reader of one type finds its events, however many events of other types lie between', async () => {
  const transactions = Array.from({ length: 1000 }, (_, index) => ({
    type: 'topup',
    userId: 'ann',
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: `${index}`,
  }));
  const start = await here();
  for (let times = 0; times < 2; times++) {
    const body = { transactions: transactions.map((one) => ({ ...one, idempotencyKey: key() })) };
    await wallet.call('wallet/batch', { body });
    await hold();
  }
  const page = await list({ after: start, type: 'wallet.hold.placed', limit: '1' });
  expect(page.events).toHaveLength(1);
  const next = await list({ after: page.nextCursor, type: 'wallet.hold.placed', limit: '10' });
  expect(next.events).toHaveLength(1);
  expect(next.nextCursor).toBe(next.events[0].sequence);
});

test('a waiting reader gets the first committed event, and none of an open transaction', async () => {
  const start = await here();
  await wallet.sql('BEGIN');
  await wallet.sql("INSERT INTO changes (home, type, data) VALUES (0, 'wallet.asset.changed', '{}')");
  const posted = await post('topup', 'ann', 1);
  // Committed, but behind a transaction that is open: nobody can say yet what comes before it.
  expect((await listNow({ after: start })).events).toEqual([]);
  const waiting = listNow({ after: start, waitSeconds: '20' });
  await wallet.sql('ROLLBACK');
  expect((await waiting).events.map(({ id }: { id: string }) => id)).toEqual([posted]);
  // The wait is bounded.
  expect((await listNow({ after: (await waiting).nextCursor, waitSeconds: '1' })).events).toEqual([]);
});

test.each([
  [{ after: 'x' }, 'after', /sequence of an event/],
  [{ limit: '1001' }, 'limit', /1 to 1000/],
  [{ waitSeconds: '21' }, 'waitSeconds', /0 to 20/],
  [{ type: 'wallet.nothing' }, 'type', /must be one of wallet\.transaction\.posted/],
])('a query of %j is refused, and the refusal names the field', async (query, field, rule) => {
  const { status, body } = await wallet.call('events/list', { query });
  expect([status, body.error.details[0].path]).toEqual([400, field]);
  expect(body.error.details[0].message).toMatch(rule);
});

describe('a move to another cluster', () => {
  /** As a reader that finds the ledger in another cluster; until the epoch has begun nobody reads it. */
  const moveTo = async (cluster: string) => {
    await wallet.sql('UPDATE epochs SET cluster = $1 WHERE id = (SELECT max(id) FROM epochs)', [cluster]);
    const { status, body } = await wallet.call('events/list', {});
    expect([status, body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  };
  const beginEpoch = () => wallet.sql('SELECT begin_epoch()');
  const checkpoint = async (cursor: string) =>
    wallet.sql(
      `INSERT INTO checkpoints
       SELECT 1, $1, $1, (place_of($1, (SELECT max(id) FROM epochs))).xact, 1, '', '', '', now(), '', ''`,
      [cursor],
    );

  test('after a restore, readers of the lost time go on from where the last checkpoint ended', async () => {
    await post('topup', 'ann', 1);
    const known = await here();
    await checkpoint(known);
    const later = await post('topup', 'ann', 2);
    const far = await here();
    // The lost time reached further than what is restored.
    const lost = far.replace(
      /^(.{16})(.{16})/,
      (_, epoch, xact) => `${epoch}${(BigInt(`0x${xact}`) + 1_000_000n).toString(16).padStart(16, '0')}`,
    );
    await moveTo('lost');
    await beginEpoch();
    const after = await post('topup', 'ann', 3);
    const idsAfter = async (cursor: string) =>
      (await list({ after: cursor })).events
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => id !== undefined);
    expect((await idsAfter(lost)).slice(-2)).toEqual([later, after]);
    expect((await idsAfter(far)).slice(-2)).toEqual([later, after]);
    // A cursor of the new epoch is exact; so is an old one of before the checkpoint.
    expect(await idsAfter(await here())).toEqual([]);
    expect((await list()).events.at(-1).sequence > lost).toBe(true);
  });

  test('a cursor of an unknown epoch goes on where the last epoch that it may share began', async () => {
    const posted = await post('topup', 'ann', 1);
    const foreign = (await here()).replace(/^.{16}/, '00000000f0000000');
    expect((await list({ after: foreign })).events.map(({ id }: { id: string }) => id)).toContain(posted);
  });

  test('after a copy, new events come after all old ones, also after unread ones', async () => {
    const before = await post('topup', 'ann', 1);
    const start = await here();
    // As if the rows had come with a copy from a cluster that had counted further.
    await wallet.sql('UPDATE journal SET xact = lifted(xact, 5000000)');
    await wallet.sql('UPDATE changes SET xact = lifted(xact, 5000000)');
    const unnoticed = await post('topup', 'ann', 2);
    await moveTo('copied from');
    await beginEpoch();
    const noticed = await post('topup', 'ann', 4);
    const { events } = await list();
    const ids = events.map(({ id }: { id: string }) => id);
    expect(ids.slice(-3)).toEqual([before, unnoticed, noticed]);
    expect((await list({ after: start })).events.at(-1).id).toBe(noticed);
    await expectFollowed(wallet, await follow(wallet, pagesOf(wallet, 0), Promise.resolve()));
    expect(await beginEpoch()).toEqual([{ begin_epoch: false }]);
  });
});

test('a cursor that no event has is refused', async () => {
  for (const after of [
    `${'0'.repeat(16)}${'7f'.repeat(8)}${'7f'.repeat(8)}${'0'.repeat(32)}`,
    'f'.repeat(80),
  ]) {
    const reply = await wallet.call('events/list', { query: { after } });
    expect([reply.status, reply.body.error.details[0].path]).toEqual([400, 'after']);
  }
});

test('a page ends before it is too large for Lambda to answer', async () => {
  const start = await here();
  const metadata = { text: 'x'.repeat(7_900) };
  for (let batch = 0; batch < 6; batch++) {
    const transactions = Array.from({ length: 100 }, () => ({
      type: 'topup',
      userId: 'ann',
      assetCode: 'GOLD_COIN',
      amount: 1,
      metadata,
      idempotencyKey: key(),
    }));
    expect((await wallet.call('wallet/batch', { body: { transactions } })).status).toBe(201);
  }
  const first = await list({ after: start });
  const second = await list({ after: first.nextCursor });
  expect(JSON.stringify(first).length).toBeLessThan(5_000_000);
  expect(first.events.length).toBeGreaterThan(300);
  expect(first.events.length + second.events.length).toBe(600);
});
