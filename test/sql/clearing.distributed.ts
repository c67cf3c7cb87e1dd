import { homeOf } from '../../lib/ledger/home';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'payer', 'payee');
  const body = { userId: 'payer', assetCode: 'TOKEN', amount: 100, idempotencyKey: key() };
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'TOKEN' },
    body: { name: 'Tokens', scale: 2, transferable: true },
  });
  expect((await wallet.call('wallet/topup', { body })).status).toBe(201);
});
afterAll(() => wallet.close());

const transfer = async (): Promise<{ transactionId: string; groupId: string }> => {
  const parties = { fromUserId: 'payer', toUserId: 'payee', assetCode: 'TOKEN' };
  const reply = await wallet.call('wallet/transfer', {
    body: { ...parties, amount: 1, idempotencyKey: key() },
  });
  expect(reply.status).toBe(201);
  return reply.body.data;
};
const found = () => wallet.sql('SELECT home, account_id, about FROM law_clearing(NULL)');
/** The row of one side of a transfer, each value as text. */
const rowOf = async (side: 'payer' | 'payee', groupId: string) => {
  const [{ row }] = (await wallet.sql(
    `SELECT (SELECT json_object_agg(key, value) FROM jsonb_each_text(row)) AS row FROM (
       SELECT to_jsonb(j) AS row FROM journal j WHERE home = $1 AND group_id = $2) AS j`,
    [homeOf(side), groupId],
  )) as [{ row: Record<string, string | null> }];
  return row;
};
const take = (row: Record<string, string | null>) =>
  wallet.sql('DELETE FROM journal WHERE home = $1 AND id = $2', [row.home, row.id]);
const putBack = (row: Record<string, string | null>) => {
  const names = Object.keys(row);
  return wallet.sql(
    `INSERT INTO journal (${names}) VALUES (${names.map((_, index) => `$${index + 1}`)})`,
    Object.values(row),
  );
};
/** Makes a row so many seconds old. */
const age = async (row: Record<string, string | null>, seconds: number) => {
  const [{ at }] = await wallet.sql("SELECT (now() - $1 * interval '1 second')::text AS at", [seconds]);
  await wallet.sql('UPDATE journal SET created_at = $1 WHERE home = $2 AND id = $3', [at, row.home, row.id]);
};

test('a transfer that arrived in the other home is in order, however old it is', async () => {
  const { groupId } = await transfer();
  expect(homeOf('payer')).not.toBe(homeOf('payee'));
  expect(await found()).toEqual([]);
  const rows = [await rowOf('payer', groupId), await rowOf('payee', groupId)];
  for (const row of rows) {
    await age(row, 600);
  }
  expect(await found()).toEqual([]);
  for (const row of rows) {
    await take(row);
    await putBack(row);
  }
  expect(await discrepancies(wallet)).toEqual({});
});

test.each([
  ['payer', 'payee', '1.00'],
  ['payee', 'payer', '-1.00'],
] as const)(
  'a transfer that is only in the home of the %s is reported, but only after two minutes',
  async (there, missing, clearing) => {
    const { groupId } = await transfer();
    const [half, gone] = [await rowOf(there, groupId), await rowOf(missing, groupId)];
    await take(gone);
    expect(await found()).toEqual([]);
    await age(half, 110);
    expect(await found()).toEqual([]);
    await age(half, 121);
    const told = [{ home: homeOf(there), account_id: null, about: { groupId, clearing } }];
    expect(await found()).toEqual(told);
    // Reconciliation tells it.
    const [{ checks }] = await wallet.sql('SELECT (verify_ledger(NULL)).discrepancies AS checks');
    expect(checks).toContainEqual({ check: 'clearing', assetCode: 'TOKEN', groupId, clearing });
    await putBack(gone);
    expect(await found()).toEqual([]);
    await take(half);
    await putBack(half);
    expect(await discrepancies(wallet)).toEqual({});
  },
);

test('a transfer that arrived with another amount or in another group is reported', async () => {
  const { groupId } = await transfer();
  const [sent, arrived] = [await rowOf('payer', groupId), await rowOf('payee', groupId)];
  for (const wrong of [{ amount: '2' }, { group_id: '00000000-0000-8000-8000-000000000000' }]) {
    await take(arrived);
    await putBack({ ...arrived, ...wrong });
    await age(sent, 200);
    await age(arrived, 200);
    expect((await found()).length).toBeGreaterThan(0);
    for (const row of [sent, arrived]) {
      await take(row);
      await putBack(row);
    }
    expect(await found()).toEqual([]);
  }
  expect(await discrepancies(wallet)).toEqual({});
});
