import { Client } from 'pg';
import { key, openAccounts, openWallet, type Request } from '../../support/wallet';

test.each(['UTC', 'Asia/Kolkata'])(
  'a posting tells its time in UTC, to the millisecond, whatever the zone of the session: %s',
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

test('a posting, a hold, and a batch of 1000 are one statement each', async () => {
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
  expect(await sent('wallet/batch', { body: { transactions } })).toBe(1);
  expect(await sent('wallet/topup', { body: posting() })).toBe(1);
  expect(await sent('holds/place', { body: posting() })).toBe(1);
  expect(await sent('wallet/balance', { path: { userId: 'bulk' } })).toBe(1);
  statements.mockRestore();
  await wallet.close();
});
