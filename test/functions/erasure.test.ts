import { monotonicMillis } from '../../lib/base/time';
import { erasureCalls, GONE, NEIGHBOUR, person } from '../support/erasure';
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

const { post, erase, left, live } = erasureCalls(() => wallet);
const balances = async () =>
  (await wallet.call('admin/trial-balance')).body.data.assets.map(({ assetCode, sum }: never) => [
    assetCode,
    sum,
  ]);

test('an erasure leaves no word about the person, and the books stay true', async () => {
  await live();
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
});

test('an erasure books what the account had left as expired, and frees what it held', async () => {
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
  // What the erasure itself booked counts among the transactions that it took the texts of.
  const taken = await wallet.sql(
    `SELECT j.kind FROM erased_texts t JOIN journal j ON j.home = t.home AND j.id = t.transaction_id
     WHERE j.kind <> 'HOLD'`,
  );
  const [{ transactions }] = await wallet.sql('SELECT transactions::int FROM erasures');
  expect(taken.length).toBe(transactions);
  expect(taken.filter(({ kind }) => kind === 'EXPIRY')).toHaveLength(3);
});

test('an account with a debt cannot be erased, because a debt cannot be forfeited', async () => {
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

test('after an erasure the userId opens an empty account, and an old key moves nothing', async () => {
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

test('a repeated erasure is a replay; its key cannot erase anybody else', async () => {
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

test('what is left of an erased person can be read under its new name, but not changed', async () => {
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
  expect(await left()).toEqual([]);
});

test('an erasure also removes the name from parked players and from reconciliation reports', async () => {
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
