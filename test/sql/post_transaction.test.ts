import { Client } from 'pg';
import { discrepancies } from '../support/reconcile';
import { PASSWORDS } from '../support/server';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let service: Client;
beforeAll(async () => {
  wallet = await openWallet({ service: { retryAttempts: 2 } });
  service = new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app });
  await service.connect();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(async () => {
  await service.end();
  await wallet.close();
});

const post = (userId: string) =>
  service.query(
    "SELECT * FROM public.post_transaction(gen_random_uuid(), 'TOP_UP', '$treasury', $1, 'GOLD_COIN', 1, $2, 'x', NULL, NULL)",
    [userId, key()],
  );
const lock = (handle: string, condition = 'true') =>
  wallet.sql(
    `SELECT FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.handle = '${handle}' AND ${condition} FOR UPDATE OF b`,
  );

test("a user's row that another transaction holds is not waited for", async () => {
  await wallet.sql('BEGIN');
  await lock('user_001');
  // Not "canceling statement due to lock timeout", which is 55P03 too.
  await expect(post('user_001')).rejects.toMatchObject({
    code: '55P03',
    message: 'could not obtain lock on row in relation "balances"',
  });
  await wallet.sql('ROLLBACK');
});

test('a stripe that another transaction holds is passed over; only when all are held is the account busy', async () => {
  const ownStripe = `b.stripe = (SELECT e.stripe FROM ledger_entries e JOIN transactions t ON t.id = e.transaction_id
    WHERE e.stripe > 0 ORDER BY e.created_at DESC LIMIT 1)`;
  await post('user_002');
  const [{ stripe: own }] = await wallet.sql(
    'SELECT stripe FROM ledger_entries WHERE stripe > 0 ORDER BY created_at DESC LIMIT 1',
  );
  await wallet.sql('BEGIN');
  await lock('$treasury', ownStripe);
  await post('user_002');
  await wallet.sql('ROLLBACK');
  const [{ stripe: next }] = await wallet.sql(
    'SELECT stripe FROM ledger_entries WHERE stripe > 0 ORDER BY created_at DESC LIMIT 1',
  );
  expect(next).not.toBe(own);
  await wallet.sql('BEGIN');
  await lock('$treasury');
  await expect(post('user_002')).rejects.toMatchObject({ code: '55P03', message: 'every stripe of the system account is busy' });
  await wallet.sql('ROLLBACK');
});

test("when the clock has gone back, a user's times still rise", async () => {
  await wallet.sql("UPDATE balances SET last_entry_at = now() + interval '1 hour' WHERE stripe = 0");
  const { rows: first } = await post('user_001');
  const { rows: second } = await post('user_001');
  expect(first[0].created_at.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  expect(second[0].created_at >= first[0].created_at).toBe(true);
});
