import { verify } from '../../support/audit';
import { checkpoint } from '../../support/follower';
import { openAccounts, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann');
});
afterAll(() => wallet.close());

test('one checkpoint holds all rows of a database transaction, however many they are', async () => {
  const count = 103_000;
  await wallet.sql(
    `INSERT INTO journal (id, home, asset_type_id, created_at, debit_account_id, debit_seq, debit_balance,
       credit_account_id, credit_seq, credit_balance, kind, amount, idempotency_key, request_hash)
     SELECT id_of(a.home, 'row ' || n), a.home, 1, now(), -1, n, -n, a.id, n, n, 'TOP_UP', 1, 'row ' || n, '\\x00'
     FROM user_accounts a, generate_series(1, $1::integer) AS n WHERE a.handle = 'ann'`,
    [count],
  );
  await checkpoint(wallet);
  // The four of the seed data, and these.
  expect(await verify(wallet)).toMatchObject({ misfits: [], transactions: count + 4 });
});
