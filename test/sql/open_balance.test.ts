import { Client } from 'pg';
import { homeOf } from '../../lib/ledger/home';
import { lockRefusal } from '../support/nodes';
import { discrepancies } from '../support/reconcile';
import { PASSWORDS } from '../support/server';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
/** Repeatable read, where nothing but the locks keeps one of these from missing the other. */
let one: Client;
let other: Client;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'ann');
  [one, other] = [await connect(), await connect()];
});
afterEach(async () => {
  await one.query('ROLLBACK');
  await other.query('ROLLBACK');
  expect(await discrepancies(wallet)).toEqual({});
});
afterAll(async () => {
  await one.end();
  await other.end();
  await wallet.close();
});

async function connect(): Promise<Client> {
  const client = new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app });
  await client.connect();
  return client;
}
const begin = (client: Client) => client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
const freeze = (client: Client) =>
  client.query(`SELECT public.set_account_status(${homeOf('ann')}, 'ann', 'frozen')`);
const open = (client: Client) =>
  client.query("SELECT public.post_transaction($1, 'TOP_UP', '$treasury', 'ann', 'GOLD_COIN', 1, $2, 'x')", [
    homeOf('ann'),
    key(),
  ]);

// Else the new balance would say what the account no longer is.
test.each([
  ['no balance of an account opens while its status changes', freeze, open],
  ['no status of an account changes while a balance of it opens', open, freeze],
])('%s', async (_, first, second) => {
  await begin(one);
  await begin(other);
  await first(one);
  await expect(second(other)).rejects.toMatchObject(lockRefusal('user_accounts'));
});
