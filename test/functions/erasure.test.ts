import { verifyProof } from '../../client/src/proof';
import { monotonicMillis } from '../../lib/base/time';
import { homeOf } from '../../lib/ledger/home';
import { verify as verifyWallet } from '../support/audit';
import { checkpoint, settled } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'info' } });
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});

const GONE = /Persephone|persephone|4711 Elm Street|whisper/;
const person = 'persephone@example.com';
/** A player of the same home: a transfer to them is one row, in place of two. */
const NEIGHBOUR = (() => {
  for (let tail = 0; ; tail++) {
    if (homeOf(`neighbour_${tail}`) === homeOf(person)) {
      return `neighbour_${tail}`;
    }
  }
})();

/** Every row of every table, as text. */
async function dump(): Promise<string[]> {
  const tables = await wallet.sql(
    "SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await wallet.sql(`SELECT '${name} ' || t::text AS row FROM public.${name} AS t`);
    rows.push(...found.map(({ row }) => row));
  }
  return rows;
}
const left = async () => (await dump()).filter((row) => GONE.test(row));

const texts = () => ({ idempotencyKey: `persephone ${key()}`, metadata: { note: 'whisper' } });
const post = async (kind: 'topup' | 'bonus' | 'purchase', amount: number, assetCode = 'GOLD_COIN') => {
  const body = { userId: person, assetCode, amount, ...texts() };
  return (await wallet.call(`wallet/${kind}`, { body })).body.data;
};
const erase = (more: object = {}, userId = person) =>
  wallet.call('admin/erase-account', {
    path: { userId },
    body: { reason: 'ticket 12', idempotencyKey: 'erase persephone', forfeit: true, ...more },
  });
const events = async () => {
  await settled(wallet);
  return (await wallet.call('events/list', { query: { limit: '1000' } })).body.data.events;
};
const verify = async () => (await verifyWallet(wallet)).misfits;
const balances = async () =>
  (await wallet.call('admin/trial-balance')).body.data.assets.map(({ assetCode, sum }: never) => [
    assetCode,
    sum,
  ]);

/** All that a person can do, each with words of their own. Returns the ids of the transactions. */
async function live(): Promise<string[]> {
  await openAccounts(wallet, 'ann', NEIGHBOUR);
  await wallet.call('admin/put-account', {
    path: { userId: person },
    body: { name: 'Persephone Q.', reason: 'lives at 4711 Elm Street' },
  });
  await wallet.call('admin/put-account', { path: { userId: person }, body: { name: 'Persephone R.' } });
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true, transferable: true },
  });
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 0, transferable: true },
  });
  const ids = [(await post('topup', 100)).transactionId, (await post('topup', 50, 'GEM')).transactionId];
  ids.push((await post('bonus', 20, 'GIFT')).transactionId);
  const bought = await post('purchase', 10);
  const given = await post('bonus', 1);
  const paid = { assetCode: 'GIFT', amount: 3 };
  const sent = { fromUserId: person, toUserId: 'ann', ...paid, ...texts() };
  const got = { fromUserId: 'ann', toUserId: person, ...paid, amount: 1, ...texts() };
  for (const [id, body] of [
    ['wallet/refund', { transactionId: bought.transactionId, amount: 1, ...texts() }],
    [
      'wallet/reversal',
      {
        transactionId: given.transactionId,
        reason: '4711 Elm Street',
        idempotencyKey: `persephone ${key()}`,
      },
    ],
    [
      'wallet/adjustment',
      {
        userId: person,
        ...paid,
        direction: 'credit',
        reason: 'whisper',
        idempotencyKey: `persephone ${key()}`,
      },
    ],
    ['wallet/transfer', sent],
    ['wallet/transfer', { ...sent, toUserId: NEIGHBOUR, amount: 1, ...texts() }],
    ['wallet/transfer', got],
  ] as const) {
    const reply = (await wallet.call(id, { body })).body;
    expect(reply.error).toBeUndefined();
    ids.push(reply.data.transactionId);
  }
  const exchange = { userId: person, from: paid, to: { assetCode: 'GOLD_COIN', amount: 1 }, ...texts() };
  ids.push((await wallet.call('wallet/exchange', { body: exchange })).body.data.from.transactionId);
  const element = { userId: person, assetCode: 'GOLD_COIN', amount: 2 };
  const batch = { transactions: [{ type: 'topup', ...element, ...texts() }] };
  ids.push((await wallet.call('wallet/batch', { body: batch })).body.data.transactions[0].transactionId);
  const place = async () =>
    (await wallet.call('holds/place', { body: { userId: person, assetCode: 'GEM', amount: 5, ...texts() } }))
      .body.data.holdId;
  const captured = { path: { holdId: await place() }, body: { amount: 4, ...texts() } };
  ids.push((await wallet.call('holds/capture', captured)).body.data.transactionId);
  await place();
  expect(ids).not.toContain(undefined);
  return ids;
}

test('no word of an erased person is left, and books, events and proofs stay true', async () => {
  const ids = await live();
  await checkpoint(wallet);
  const leaf = async (transactionId: string) =>
    (await wallet.call('proofs/get', { path: { transactionId } })).body.data.leaf;
  const before = await Promise.all(ids.map(leaf));
  expect((await erase({ forfeit: false })).body.error.code).toBe('ACCOUNT_NOT_EMPTY');
  expect((await left()).length).toBeGreaterThan(20);
  const sums = await balances();

  wallet.lines.length = 0;
  const erased = await erase();
  expect([erased.status, erased.body.data]).toEqual([200, { erasedAt: expect.any(String) }]);
  expect(await left()).toEqual([]);
  expect(wallet.lines.filter((line) => GONE.test(line))).toEqual([]);
  expect((await wallet.call('admin/get-account', { path: { userId: person } })).status).toBe(404);
  expect((await wallet.call('wallet/history', { path: { userId: person } })).status).toBe(404);

  expect(await balances()).toEqual(sums);
  const call = { deadline: monotonicMillis() + 60_000, retries: [] };
  expect((await wallet.app.ledger.verify(undefined, call)).discrepancies).toEqual([]);
  expect(await verify()).toEqual([]);
  await checkpoint(wallet);
  expect(await verify()).toEqual([]);
  expect(await Promise.all(ids.map(leaf))).toEqual(before);

  const told = await events();
  expect(told.filter((event: object) => GONE.test(JSON.stringify(event)))).toEqual([]);
  const last = told.at(-1);
  const [{ id: account, handle }] = await wallet.sql(
    "SELECT id, handle FROM user_accounts WHERE handle LIKE 'erased:%'",
  );
  expect([last.type, last.data]).toEqual([
    'wallet.account.erased',
    {
      account: handle,
      erasedAt: erased.body.data.erasedAt,
      principal: null,
      reason: 'ticket 12',
    },
  ]);
  const ofPerson = told.filter(({ subject }: { subject: string }) => subject === handle);
  expect(ofPerson.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([ids[0]]));
  // The erasure itself is proved like a transaction.
  const proof = (await wallet.call('proofs/get', { path: { transactionId: last.id } })).body.data;
  expect(await verifyProof(proof, await wallet.app.signer.publicKey())).toEqual({
    valid: true,
    transaction: {
      account: String(account),
      at: expect.any(String),
      home: expect.any(Number),
      id: last.id,
      kind: 'ERASURE',
      principal: null,
      transactions: expect.any(String),
      v: 1,
    },
  });
});

test('what the account had left is booked as expired, and what it held is free', async () => {
  await live();
  await erase();
  const rows = await wallet.sql(
    `SELECT j.amount::float8 AS amount, s.code FROM journal j JOIN asset_types s ON s.id = j.asset_type_id
     WHERE j.kind = 'EXPIRY' ORDER BY s.code`,
  );
  expect(rows).toEqual([
    { amount: 46, code: 'GEM' },
    { amount: 17, code: 'GIFT' },
    { amount: 94, code: 'GOLD_COIN' },
  ]);
  const [{ count }] = await wallet.sql("SELECT count(*)::int FROM holds WHERE status = 'active'");
  expect(count).toBe(0);
});

test('a debt is nothing that can be forfeited', async () => {
  await openAccounts(wallet, person);
  const { transactionId } = await post('topup', 10);
  await post('purchase', 10);
  const body = {
    transactionId,
    reason: 'chargeback',
    onInsufficientFunds: 'allow-negative',
    idempotencyKey: key(),
  };
  await wallet.call('wallet/reversal', { body });
  expect((await erase()).body.error.code).toBe('ACCOUNT_NOT_EMPTY');
});

test('the userId is free: its new account is empty, and an old key moves nothing again', async () => {
  await openAccounts(wallet, person);
  const body = { userId: person, assetCode: 'GOLD_COIN', amount: 5, idempotencyKey: key() };
  await wallet.call('wallet/topup', { body });
  await erase();
  expect((await wallet.call('wallet/topup', { body })).body.error.code).toBe('USER_NOT_FOUND');
  await openAccounts(wallet, person);
  expect((await wallet.call('wallet/balance', { path: { userId: person } })).body.data.balances).toEqual([]);
  expect((await wallet.call('wallet/topup', { body })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect((await wallet.call('wallet/topup', { body: { ...body, idempotencyKey: key() } })).status).toBe(201);
  const accounts = (await wallet.call('admin/list-accounts')).body.data.accounts;
  expect(accounts.map(({ userId }: { userId: string }) => userId).sort()).toEqual([
    person,
    'user_001',
    'user_002',
  ]);
});

test('an erasure that is sent again is a replay; its key erases nobody else', async () => {
  await openAccounts(wallet, person, 'ann');
  const first = await erase();
  const again = await erase();
  expect([again.body, again.headers['idempotency-replayed']]).toEqual([
    { ...first.body, requestId: again.body.requestId },
    'true',
  ]);
  expect((await erase({}, 'ann')).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect((await erase({ reason: 'another' })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  // Also after the userId was opened anew.
  await openAccounts(wallet, person);
  expect((await erase()).headers['idempotency-replayed']).toBe('true');
  expect((await wallet.call('admin/get-account', { path: { userId: person } })).status).toBe(200);
});

test('what is left of a person can be read by its new name, and does not change any more', async () => {
  await openAccounts(wallet, person);
  const topup = { userId: person, assetCode: 'GOLD_COIN', amount: 5, idempotencyKey: key() };
  const { transactionId } = (await wallet.call('wallet/topup', { body: topup })).body.data;
  const idempotencyKey = key();
  await erase({ idempotencyKey });
  const [{ handle: userId }] = await wallet.sql(
    "SELECT handle FROM user_accounts WHERE handle LIKE 'erased:%'",
  );
  const acts = (await wallet.call('admin/list-acts', { path: { userId } })).body.data.acts;
  expect(acts[0]).toMatchObject({ act: 'ERASED', reason: 'ticket 12' });
  const { transactions } = (await wallet.call('wallet/history', { path: { userId } })).body.data;
  expect(transactions.map(({ typeCode }: { typeCode: string }) => typeCode)).toEqual(['EXPIRY', 'TOP_UP']);
  expect((await wallet.call('admin/get-account', { path: { userId } })).body.data.status).toBe('closed');

  const posting = { assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  for (const writing of [
    wallet.call('wallet/topup', { body: { ...posting, userId: 'erased:me', openAccount: true } }),
    wallet.call('wallet/transfer', { body: { ...posting, fromUserId: 'user_001', toUserId: userId } }),
    wallet.call('holds/place', { body: { ...posting, userId } }),
    wallet.call('admin/open-accounts', { body: { accounts: [{ userId: 'erased:0' }] } }),
    wallet.call('admin/put-account', { path: { userId }, body: { name: 'Somebody' } }),
    wallet.call('admin/set-account-status', { path: { userId }, body: { status: 'active' } }),
    erase({ idempotencyKey: key() }, userId),
  ]) {
    const { error } = (await writing).body;
    expect([error?.code, error?.details?.[0]?.message]).toEqual([
      'VALIDATION_ERROR',
      expect.stringContaining('must not begin with erased:'),
    ]);
  }

  // Its keys are told as used, though they are not in the database any more.
  const find = (key: string) => wallet.call('admin/find-claim', { query: { idempotencyKey: key } });
  expect((await find(topup.idempotencyKey)).body.data.id).toBe(transactionId);
  expect((await find(idempotencyKey)).body.error.message).toBe('this idempotency key erased an account');
});

test('each player of a transfer can be erased, one after the other', async () => {
  await live();
  await erase();
  const history = await wallet.call('wallet/history', { path: { userId: 'ann' } });
  expect(history.body.data.transactions.map(({ metadata }: { metadata: object }) => metadata)).toEqual([
    {},
    {},
  ]);
  for (const other of ['ann', NEIGHBOUR]) {
    expect((await erase({ idempotencyKey: `erase ${other}` }, other)).status).toBe(200);
  }
  await checkpoint(wallet);
  expect(await verify()).toEqual([]);
});

test('a player whom a subscriber is not told of stays so, without a name', async () => {
  await openAccounts(wallet, person);
  await wallet.sql(
    `INSERT INTO parked_players (subscriber, user_id, cursor, event_id)
     VALUES ('game', $1, repeat('0', 80), gen_random_uuid())`,
    [person],
  );
  await wallet.sql(
    `INSERT INTO reconciliation_runs ("full", snapshot_at, upto, checked, discrepancies)
     VALUES (true, now(), '1', '{}', jsonb_build_array(jsonb_build_object('check', 'cache', 'userId', $1::text)))`,
    [person],
  );
  await erase();
  expect(await left()).toEqual([]);
});
