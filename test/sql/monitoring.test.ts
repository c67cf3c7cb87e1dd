import { readFile } from 'node:fs/promises';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.call('wallet/purchase', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 25, idempotencyKey: key() },
  });
});
afterAll(() => wallet.close());

/** The queries of docs/operate.md, word for word as operators paste them. */
async function operatorsQuery(comment: string): Promise<string> {
  const page = await readFile('docs/operate.md', 'utf8');
  const block = /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const query = block.split(';').find((text) => text.includes(`-- ${comment}`));
  if (query === undefined) {
    throw new Error(`docs/operate.md has no query "${comment}"`);
  }
  return query;
}

test('the query that verifies double entry returns no rows', async () => {
  expect(await wallet.sql(await operatorsQuery('Verify double-entry balance'))).toEqual([]);
});

test('the query that sums up each asset returns no rows', async () => {
  expect(await wallet.sql(await operatorsQuery('Per asset, the sum'))).toEqual([]);
});

test('the account balance summary lists one row per account and asset', async () => {
  const rows = await wallet.sql(await operatorsQuery('Account balance summary'));
  expect(rows).toContainEqual({ name: 'Treasury', code: 'GOLD_COIN', balance: '-600.00' });
  expect(rows).toContainEqual({ name: 'Revenue', code: 'GOLD_COIN', balance: '25.00' });
  expect(rows.filter((row) => row.name === 'Treasury')).toHaveLength(3);
});

test('the recent transactions come newest first', async () => {
  const rows = await wallet.sql(await operatorsQuery('Recent transactions'));
  expect(rows).toHaveLength(5);
  expect(rows[0]).toMatchObject({
    type: 'In-app Purchase',
    asset: 'GOLD_COIN',
    amount: '25.00',
    status: 'completed',
  });
});
