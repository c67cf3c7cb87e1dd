import { Client } from 'pg';
import { homeOf } from '../../lib/ledger/home';
import { lockRefusal, nodeOf } from '../support/nodes';
import { discrepancies } from '../support/reconcile';
import { PASSWORDS } from '../support/server';
import { ISOLATION_LEVELS, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

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

async function connect(node = wallet.admin): Promise<Client> {
  const client = new Client({ ...node, user: 'wallet_app', password: PASSWORDS.wallet_app });
  await client.connect();
  return client;
}
const post = (userId: string, client = service) =>
  client.query(
    "SELECT * FROM public.post_transaction($1, 'TOP_UP', '$treasury', $2, 'GOLD_COIN', 1, $3, 'x')",
    [homeOf(userId), userId, key()],
  );
const topUp = (userId: string) => ({
  home: homeOf(userId),
  kind: 'TOP_UP',
  debit: '$treasury',
  credit: userId,
  asset_code: 'GOLD_COIN',
  amount: 1,
  key: key(),
  request_hash: '00',
});
const postBatch = (userId: string) =>
  service.query('SELECT * FROM public.post_batch(gen_random_uuid(), $1)', [JSON.stringify([topUp(userId)])]);
const call = (name: string, ...values: unknown[]) =>
  service.query(
    `SELECT * FROM public.${name}(${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
const transfer = (from: string, to: string) =>
  call('post_transfer', homeOf(from), homeOf(to), from, to, 'GOLD_COIN', 1, key(), 'x');
const lock = (handle: string) =>
  wallet.sql(`SELECT FROM balances WHERE home = ${homeOf(handle)} AND handle = '${handle}' FOR UPDATE`);

test.each([
  ['a posting', () => post('user_001')],
  ['a batch', () => postBatch('user_001')],
  ['a hold', () => call('place_hold', homeOf('user_001'), 'user_001', 'GOLD_COIN', 1, 60, key(), 'x')],
  [
    'an exchange',
    () => call('exchange_assets', homeOf('user_001'), 'user_001', 'GOLD_COIN', 1, 'DIAMOND', 1, key(), 'x'),
  ],
  ['a transfer from it', () => transfer('user_001', 'user_002')],
  ['a transfer to it', () => transfer('user_002', 'user_001')],
  ['a change of status', () => call('set_account_status', homeOf('user_001'), 'user_001', 'frozen')],
])('while another transaction holds a user’s row, %s fails at once', async (_, work) => {
  await wallet.sql('BEGIN');
  await lock('user_001');
  // Not "canceling statement due to lock timeout", which is 55P03 too.
  await expect(work()).rejects.toMatchObject(lockRefusal('balances'));
  await wallet.sql('ROLLBACK');
});

test('an open posting of one user does not block the postings of 64 others', async () => {
  const others = Array.from({ length: 64 }, (_, index) => `apart_${index}`);
  await openAccounts(wallet, 'open', ...others);
  const open = await connect();
  // Locks alone are looked at: at this level nothing else refuses.
  await open.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await post('open', open);
  for (const userId of others) {
    await post(userId);
  }
  await open.query('COMMIT');
  await open.end();
});

test.each([
  ['posting', post],
  ['batch', postBatch],
])(
  'a %s never gets an earlier time than the user’s last entry, even if the clock goes back',
  async (_, work) => {
    await wallet.sql("UPDATE balances SET last_entry_at = now() + interval '1 hour' WHERE account_id > 0");
    const { rows: first } = await work('user_001');
    const { rows: second } = await work('user_001');
    expect(first[0].created_at.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    expect(second[0].created_at >= first[0].created_at).toBe(true);
  },
);

describe.each(ISOLATION_LEVELS)(
  'in two %s transactions, one with an account’s first balance and one with its closing,',
  (level) => {
    const close = (session: Client, userId: string) =>
      session.query('SELECT public.set_account_status($1, $2, $3)', [homeOf(userId), userId, 'closed']);
    const pay = (session: Client, userId: string) => post(userId, session);

    test.each([
      ['the closing', close, pay],
      ['the balance', pay, close],
    ])('%s must be sent again if it began first and comes second', async (_, late, first) => {
      const userId = `late_${key()}`;
      await openAccounts(wallet, userId);
      // The node that has the player's rows: the transaction sees them from its first statement on.
      const began = await connect(await nodeOf(wallet, homeOf(userId)));
      await began.query(`BEGIN ISOLATION LEVEL ${level}`);
      // The transaction sees from here on what there is now.
      await began.query('SELECT public.read_account($1, $2)', [homeOf(userId), userId]);
      await first(service, userId);
      await expect(late(began, userId)).rejects.toMatchObject({ code: '40001' });
      await began.end();
    });
  },
);

test('a posting with a wrong home is refused and writes nothing', async () => {
  const home = (homeOf('user_001') + 1) % 32_768;
  const once = key();
  const posted = service.query(
    "SELECT public.post_transaction($1, 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', 1, $2, 'x')",
    [home, once],
  );
  await expect(posted).rejects.toMatchObject({
    code: '22023',
    message: `${home} is not the home of user_001`,
  });
  expect(await wallet.sql('SELECT FROM journal WHERE idempotency_key = $1', [once])).toEqual([]);
  expect(await wallet.sql('SELECT FROM balances WHERE home = $1', [home])).toEqual([]);
});
