import { Client } from 'pg';
import { sleep } from '../../../lib/base/time';
import { homeOf } from '../../../lib/ledger/home';
import { discrepancies } from '../../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type Request } from '../../support/wallet';

test.each(['UTC', 'Asia/Kolkata'])(
  'a posting gives its time in UTC, to the millisecond, in a session with the time zone %s',
  async (zone) => {
    const wallet = await openWallet();
    await wallet.sql(`
    DO $$ BEGIN EXECUTE format('ALTER ROLE wallet_app IN DATABASE %I SET timezone = ''${zone}''', current_database()); END $$`);
    for (let posting = 0; posting < 30; posting++) {
      const body = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
      const { transactionId, timestamp } = (await wallet.call('wallet/topup', { body })).body.data;
      const [row] = await wallet.sql('SELECT created_at FROM journal WHERE id = $1', [transactionId]);
      expect(timestamp).toBe(row.created_at.toISOString());
    }
    await wallet.close();
  },
);

test('a posting and a hold send one statement each, and a batch of 1000 sends two', async () => {
  const wallet = await openWallet();
  await openAccounts(wallet, 'bulk');
  const posting = () => ({ userId: 'bulk', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() });
  const transactions = Array.from({ length: 1_000 }, () => ({ type: 'topup', ...posting() }));
  const statements = jest.spyOn(Client.prototype, 'query');
  const sent = async (id: Parameters<typeof wallet.call>[0], request: Request) => {
    statements.mockClear();
    expect((await wallet.call(id, request)).status).toBeLessThan(300);
    return statements.mock.calls.length;
  };
  expect(await sent('wallet/batch', { body: { transactions } })).toBe(2);
  expect(await sent('wallet/topup', { body: posting() })).toBe(1);
  expect(await sent('holds/place', { body: posting() })).toBe(1);
  expect(await sent('wallet/balance', { path: { userId: 'bulk' } })).toBe(1);
  statements.mockRestore();
  await wallet.close();
});

test('copies of a batch that are sent at once post once and get the same reply', async () => {
  // By one connection all of them ask, and are told that the keys are free, while the balance is locked.
  const wallet = await openWallet({ database: { poolMax: 1 } });
  const topup = () => ({
    type: 'topup',
    userId: 'user_001',
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: key(),
  });
  const transactions = [topup(), topup()];
  const post = (body: object) => wallet.call('wallet/batch', { body });
  await post({ transactions: [topup()] });
  await wallet.sql(
    `BEGIN; SELECT FROM balances WHERE home = ${homeOf('user_001')} AND handle = 'user_001' FOR UPDATE`,
  );
  const copies = Promise.all(Array.from({ length: 8 }, () => post({ transactions })));
  await sleep(500);
  await wallet.sql('ROLLBACK');
  const replies = await copies;
  expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  expect(await balanceOf(wallet, 'user_001', 'GOLD_COIN')).toBe(503);
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});
