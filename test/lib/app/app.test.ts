import { withAdmin } from '../../../lib/db/migrate';
import { onSeveralNodes } from '../../support/citus';
import { openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet({ database: { poolMax: 2 } });
});
afterAll(() => wallet.close());

test('a health check does not queue behind the reads: it has a connection of its own', async () => {
  // Every read waits for this table.
  await wallet.sql('BEGIN; LOCK TABLE asset_types IN ACCESS EXCLUSIVE MODE');
  const reads = Array.from({ length: 20 }, () =>
    wallet.call('wallet/balance', { path: { userId: 'user_001' } }),
  );
  const statuses = Promise.all(reads).then((replies) => replies.map(({ status }) => status));
  // On several nodes they wait on the nodes of their homes.
  const count = onSeveralNodes
    ? "FROM pg_stat_activity WHERE usename = 'wallet_reader' AND state = 'active' AND datname = current_database()"
    : "FROM pg_locks WHERE NOT granted AND relation = 'asset_types'::regclass";
  let waiting = 0;
  while (waiting < 2) {
    // Another session: a transaction sees the sessions as they were when it first looked.
    const { rows } = await withAdmin(wallet.admin, (client) =>
      client.query(`SELECT count(*)::int AS waiting ${count}`),
    );
    waiting = rows[0].waiting;
  }
  expect((await wallet.call('system/health')).status).toBe(200);
  await wallet.sql('ROLLBACK');
  expect(await statuses).toEqual(Array(20).fill(200));
});
