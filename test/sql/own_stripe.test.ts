import { Client } from 'pg';
import { type Cluster, openCluster } from '../support/cluster';
import { PASSWORDS } from '../support/server';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let cluster: Cluster;
let wallet: TestWallet;
let clients: Client[] = [];
beforeAll(async () => {
  cluster = await openCluster(['-c max_connections=100', '-c fsync=off']);
  wallet = await openWallet({ server: cluster.admin });
});
// Also when the test fails: the server is its own, and nobody else would end it.
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await wallet.close();
  await cluster.close();
});

test('of the sessions of a server with fewer connections than stripes, no two share one', async () => {
  const users = Array.from({ length: 64 }, (_, index) => `striped_${index}`);
  await openAccounts(wallet, ...users);
  await wallet.app.close();
  clients = users.map(() => new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app }));
  for (const [index, client] of clients.entries()) {
    await client.connect();
    const text =
      "SELECT public.post_transaction(gen_random_uuid(), 'TOP_UP', '$treasury', $1, 'DIAMOND', 1, $2, 'x', NULL, NULL)";
    await client.query(text, [users[index], key()]);
  }
  const used = await wallet.sql(`
    SELECT count(DISTINCT system.stripe)::int FROM ledger_entries system
    JOIN ledger_entries own ON own.transaction_id = system.transaction_id AND own.stripe = 0
    JOIN accounts a ON a.id = own.account_id
    WHERE system.stripe > 0 AND a.handle LIKE 'striped%'`);
  expect(used[0].count).toBe(clients.length);
});
