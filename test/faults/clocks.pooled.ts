import { loadJob } from '../../infra/local/schedule';
import { toContext } from '../../lib/http/gateway-event';
import { type Cluster, openCluster } from '../support/cluster';
import { expectFollowed, follow, pagesOf } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let cluster: Cluster;
let wallet: TestWallet;
beforeAll(async () => {
  cluster = await openCluster();
  wallet = await openWallet({ server: cluster.admin });
  await openAccounts(wallet, 'ann');
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await wallet.close();
  await cluster.close();
});

const HOUR_MILLIS = 3_600_000;
const reconcile = async () => (await loadJob('jobs/reconcile'))({}, toContext('jobs/reconcile', 60_000));
const topup = async (): Promise<string> => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  return (await wallet.call('wallet/topup', { body })).body.data.transactionId;
};

/** Starts the database anew with a clock that is so many hours off (Debian's libfaketime). */
async function moveDatabaseClock(hours: number): Promise<void> {
  await cluster.kill();
  await cluster.restart({
    LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
    FAKETIME: `${hours >= 0 ? '+' : ''}${hours}h`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
  const [{ off }] = await wallet.sql('SELECT extract(epoch FROM clock_timestamp())::float8 AS off');
  expect(Math.abs(off - Date.now() / 1_000 - hours * 3_600)).toBeLessThan(600);
}

/** What is wrong with the second of three new transactions, and how it is mended. */
const FAULTS = [
  ['amount', 'amount = amount + 100', 'amount = amount - 100'],
  ['running balance', 'credit_balance = credit_balance + 1', 'credit_balance = credit_balance - 1'],
  ['key', "idempotency_key = 'x' || idempotency_key", 'idempotency_key = substr(idempotency_key, 2)'],
  ['kind', "kind = 'BONUS'", "kind = 'TOP_UP'"],
  ['home', 'home = (home + 1) % 32768', 'home = (home + 32767) % 32768'],
] as const;

// Each clock goes forth and back, so that times jump both ways between runs.
test.each([
  [5, 0],
  [-7, 48],
  [0, -48],
])(
  'with clocks %d (database) and %d (service) hours off, runs find each fault and events keep order',
  async (database, service) => {
    await moveDatabaseClock(database);
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + service * HOUR_MILLIS);
    for (const [name, damage, repair] of FAULTS) {
      expect([name, await reconcile()]).toMatchObject([name, { discrepancies: 0 }]);
      const ids = [await topup(), await topup(), await topup()];
      await wallet.sql(`UPDATE journal SET ${damage} WHERE id = $1`, [ids[1]]);
      await reconcile();
      const { full, discrepancies: found } = (await wallet.call('admin/reconciliation')).body.data;
      expect([name, full, found.length > 0]).toEqual([name, false, true]);
      await wallet.sql(`UPDATE journal SET ${repair} WHERE id = $1`, [ids[1]]);
      // What was found stays under watch: this run looks at everything.
      expect([name, await reconcile()]).toMatchObject([name, { discrepancies: 0 }]);
    }
    expect(await discrepancies(wallet)).toEqual({});
    // Whatever the clocks did, a reader of events has each balance, each entry after the one before it.
    await expectFollowed(wallet, await follow(wallet, pagesOf(wallet, 0), Promise.resolve()));
  },
);
