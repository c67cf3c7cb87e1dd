import { key, openWallet } from '../../support/wallet';

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
