import { Client } from 'pg';
import { newId } from '../../lib/base/ids';
import { rowsRead } from '../support/rows-read';
import { PASSWORDS } from '../support/server';
import { key, openWallet, type TestWallet } from '../support/wallet';

const ELEMENTS = 100;

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.sql(`
    INSERT INTO accounts (handle) SELECT 'crowd_' || i FROM generate_series(1, 3000) AS i;
    INSERT INTO balances (account_id, asset_type_id, stripe)
    SELECT a.id, s.id, 0 FROM accounts a, asset_types s WHERE a.handle LIKE 'crowd%' AND s.code = 'GOLD_COIN';
    ANALYZE`);
});
afterAll(() => wallet.close());

/** A batch of top-ups for users from the `first` on, as a query. */
function batch(first: number): string {
  const elements = Array.from({ length: ELEMENTS }, (_, index) => ({
    id: newId(),
    type: 'TOP_UP',
    debit: '$treasury',
    credit: `crowd_${first + index * 7}`,
    asset: 'GOLD_COIN',
    amount: 1,
    key: key(),
    hash: '00',
  }));
  return `SELECT count(*) FROM public.post_batch(gen_random_uuid(), '${JSON.stringify(elements)}', NULL)`;
}

test("a batch reads its own balances, four rows an element, not everybody's nor all of the treasury's", async () => {
  expect(await rowsRead(wallet, 'balances', batch(1))).toBeLessThan(ELEMENTS * 5);
});

test('two batches at once, of different users, do not conflict', async () => {
  const sessions = [1, 2].map(() => new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app }));
  for (const session of sessions) {
    await session.connect();
    await session.query('BEGIN');
  }
  for (const [index, session] of sessions.entries()) {
    expect((await session.query(batch(index + 1))).rows).toEqual([{ count: String(ELEMENTS) }]);
  }
  for (const session of sessions) {
    await session.query('COMMIT');
    await session.end();
  }
});
