import { Client } from 'pg';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { faultMillis, patienceMillis } from '../faults/scale';
import { expectFollowed, follow, pagesOf } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { ISOLATION_LEVELS, openWallet, type TestWallet } from '../support/wallet';
import { drive, GEM, prepareWorkload, sweepDuring } from '../support/workload';

jest.setTimeout(patienceMillis);

const USERS = ['told_a', 'told_b', 'told_c', 'told_d'];
const ASSETS = ['GOLD_COIN', 'DIAMOND', GEM];

/**
 * Transactions that write changes and roll back, again and again, and one that stays open most of the time.
 */
async function disturb(wallet: TestWallet, end: number): Promise<void> {
  const client = new Client(wallet.admin);
  const lasting = new Client(wallet.admin);
  await Promise.all([client.connect(), lasting.connect()]);
  const write = "INSERT INTO changes (home, type, data) VALUES (0, 'wallet.asset.changed', '{}')";
  await lasting.query('BEGIN');
  await lasting.query(write);
  while (monotonicMillis() < end) {
    await client.query('BEGIN');
    await client.query(write);
    await sleep(20 * Math.random());
    await client.query('ROLLBACK');
  }
  await lasting.query('ROLLBACK');
  await Promise.all([client.end(), lasting.end()]);
}

test.each(ISOLATION_LEVELS)(
  'readers of the events alone know every balance, while many post and roll back (%s)',
  async (isolation) => {
    const wallet = await openWallet({ isolation });
    await prepareWorkload(wallet, USERS, ASSETS);
    const millis = Math.min(faultMillis, 9_000);
    const load = drive({
      users: USERS,
      assets: ASSETS,
      workers: 32,
      millis,
      patienceMillis: 40_000,
      send: ({ route, path, body }) => wallet.call(route, { path, body }),
    });
    const work = Promise.all([sweepDuring(wallet, load), disturb(wallet, monotonicMillis() + millis)]);
    const readers = [pagesOf(wallet), pagesOf(wallet, 0, 7)].map((read) => follow(wallet, read, work));
    const [[records]] = await Promise.all([work, ...readers]);
    expect(records.length).toBeGreaterThan(0);
    for (const reader of readers) {
      await expectFollowed(wallet, await reader);
    }
    expect(await discrepancies(wallet)).toEqual({});
    await wallet.close();
  },
);
