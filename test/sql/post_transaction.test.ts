import { Client } from 'pg';
import { discrepancies } from '../support/reconcile';
import { PASSWORDS } from '../support/server';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let service: Client;
beforeAll(async () => {
  wallet = await openWallet({ service: { retryAttempts: 2 } });
  service = await connect();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(async () => {
  await service.end();
  await wallet.close();
});

async function connect(): Promise<Client> {
  const client = new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app });
  await client.connect();
  return client;
}
const post = (userId: string, client = service) =>
  client.query(
    "SELECT * FROM public.post_transaction(gen_random_uuid(), 'TOP_UP', '$treasury', $1, 'GOLD_COIN', 1, $2, 'x', NULL, NULL)",
    [userId, key()],
  );
const lock = (handle: string, condition = 'true') =>
  wallet.sql(
    `SELECT FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.handle = '${handle}' AND ${condition} FOR UPDATE OF b`,
  );

test.each([
  ['a posting', () => post('user_001')],
  ['a change of status', () => service.query("SELECT public.set_account_status('user_001', 'frozen')")],
])("a user's row that another transaction holds is not waited for by %s", async (_, work) => {
  await wallet.sql('BEGIN');
  await lock('user_001');
  // Not "canceling statement due to lock timeout", which is 55P03 too.
  await expect(work()).rejects.toMatchObject({
    code: '55P03',
    message: 'could not obtain lock on row in relation "balances"',
  });
  await wallet.sql('ROLLBACK');
});

test('a session that finds every stripe taken posts to any of them, anew each time', async () => {
  await wallet.sql('SELECT pg_try_advisory_lock(7214093, stripe) FROM generate_series(1, public.system_stripes()) AS stripe');
  const late = await connect();
  const posted = await Promise.all(Array.from({ length: 8 }, () => post('user_002', late)));
  await late.end();
  await wallet.sql('SELECT pg_advisory_unlock_all()');
  const ids = posted.map(({ rows }) => rows[0].transaction_id);
  const [{ stripes }] = await wallet.sql('SELECT count(DISTINCT debit_stripe)::int AS stripes FROM journal WHERE id = ANY ($1)', [
    ids,
  ]);
  expect(stripes).toBeGreaterThan(1);
});

test("when the clock has gone back, a user's times still rise", async () => {
  await wallet.sql("UPDATE balances SET last_entry_at = now() + interval '1 hour' WHERE stripe = 0");
  const { rows: first } = await post('user_001');
  const { rows: second } = await post('user_001');
  expect(first[0].created_at.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  expect(second[0].created_at >= first[0].created_at).toBe(true);
});
