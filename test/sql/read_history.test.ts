import { homeOf } from '../../lib/ledger/home';
import { rowsRead } from '../support/rows-read';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

const HOME = homeOf('veteran');

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'veteran');
  for (let batch = 0; batch < 30; batch++) {
    const transactions = Array.from({ length: 100 }, () => ({
      type: 'topup',
      userId: 'veteran',
      assetCode: 'GOLD_COIN',
      amount: 1,
      idempotencyKey: key(),
    }));
    expect((await wallet.call('wallet/batch', { body: { transactions } })).status).toBe(201);
  }
  await wallet.sql('ANALYZE');
});
afterAll(() => wallet.close());

test('a page reads only a small part of a history of 3000 rows, wherever the page is', async () => {
  expect(
    await rowsRead(wallet, 'journal', `SELECT * FROM read_history(${HOME}, 'veteran', 20)`, 'veteran'),
  ).toBeLessThan(100);
  const [middle] = await wallet.sql(
    `SELECT e.created_at FROM ledger_entries e JOIN user_accounts a ON a.home = e.home AND a.id = e.account_id
     WHERE a.handle = 'veteran' AND seq = 1500`,
  );
  const before = `'${middle.created_at.toISOString()}', gen_random_uuid()`;
  expect(
    await rowsRead(
      wallet,
      'journal',
      `SELECT * FROM read_history(${HOME}, 'veteran', 20, 0, ${before})`,
      'veteran',
    ),
  ).toBeLessThan(100);
});

test('a balance at a past time reads one row for each side', async () => {
  expect(
    await rowsRead(
      wallet,
      'journal',
      `SELECT * FROM read_balances(${HOME}, 'veteran', 'GOLD_COIN', now())`,
      'veteran',
    ),
  ).toBeLessThan(10);
});
