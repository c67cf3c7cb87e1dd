import { Client } from 'pg';
import { PASSWORDS } from '../support/server';
import { openWallet, type TestWallet } from '../support/wallet';

const VIEWS = ['transactions', 'ledger_entries'];
const TABLES = ['asset_types', 'accounts', 'transaction_types', 'journal', 'balances', 'schema_migrations'];

let wallet: TestWallet;
let client: Client;
const loginAs = async (user: keyof typeof PASSWORDS): Promise<Client> => {
  const login = new Client({ ...wallet.admin, user, password: PASSWORDS[user] });
  await login.connect();
  return login;
};
const refusal = (text: string): Promise<string> =>
  client.query(text).then(
    () => 'allowed',
    (error) => error.code,
  );
beforeAll(async () => {
  wallet = await openWallet({ fresh: true });
});
afterAll(() => wallet.close());
afterEach(() => client.end());

/** 42501: insufficient privilege. */
const DENIED = '42501';

test('wallet_app can neither read nor write any table of the ledger', async () => {
  client = await loginAs('wallet_app');
  for (const view of VIEWS) {
    expect([view, await refusal(`SELECT FROM ${view}`)]).toEqual([view, DENIED]);
  }
  for (const table of TABLES) {
    expect([table, await refusal(`SELECT FROM ${table}`)]).toEqual([table, DENIED]);
    expect([table, await refusal(`INSERT INTO ${table} DEFAULT VALUES`)]).toEqual([table, DENIED]);
    expect([table, await refusal(`DELETE FROM ${table}`)]).toEqual([table, DENIED]);
    expect([table, await refusal(`TRUNCATE ${table}`)]).toEqual([table, DENIED]);
  }
  expect(await refusal('UPDATE journal SET amount = 1, credit_balance = 1')).toBe(DENIED);
  expect(await refusal('UPDATE balances SET balance = 1000000')).toBe(DENIED);
});

test('wallet_app can create nothing, not even a temporary table, and cannot become the owner', async () => {
  client = await loginAs('wallet_app');
  expect(await refusal('CREATE TABLE t ()')).toBe(DENIED);
  expect(await refusal('CREATE TEMPORARY TABLE accounts ()')).toBe(DENIED);
  expect(await refusal('CREATE SCHEMA s')).toBe(DENIED);
  expect(await refusal('SET ROLE wallet_owner')).toBe(DENIED);
});

test('wallet_app can call the public functions, not the ones inside them', async () => {
  client = await loginAs('wallet_app');
  expect(await refusal("SELECT * FROM public.read_balances('user_001')")).toBe('allowed');
  expect(await refusal("SELECT * FROM public.put_account('someone', NULL)")).toBe('allowed');
  expect(await refusal("SELECT * FROM public.replay_transaction('some key', 'x')")).toBe(DENIED);
});

test('wallet_reader reads everything and changes nothing', async () => {
  client = await loginAs('wallet_reader');
  for (const table of [...VIEWS, ...TABLES].filter((name) => name !== 'schema_migrations')) {
    expect([table, await refusal(`SELECT FROM ${table}`)]).toEqual([table, 'allowed']);
  }
  for (const table of TABLES) {
    expect([table, await refusal(`DELETE FROM ${table}`)]).toEqual([table, DENIED]);
    expect([table, await refusal(`INSERT INTO ${table} DEFAULT VALUES`)]).toEqual([table, DENIED]);
  }
  expect(await refusal("SELECT * FROM public.put_account('someone', NULL)")).toBe(DENIED);
});

test('each login may renew its own password, as a rotation does, and nobody else’s', async () => {
  for (const [login, other] of [
    ['wallet_app', 'wallet_reader'],
    ['wallet_reader', 'wallet_app'],
  ] as const) {
    client = await loginAs(login);
    expect([login, await refusal(`ALTER USER ${login} WITH PASSWORD '${PASSWORDS[login]}'`)]).toEqual([login, 'allowed']);
    expect([login, await refusal(`ALTER USER ${other} WITH PASSWORD 'mine now'`)]).toEqual([login, DENIED]);
    await client.end();
  }
});

test('posting refuses less than serializable isolation', async () => {
  client = await loginAs('wallet_app');
  await client.query('SET default_transaction_isolation = "repeatable read"');
  const post = `SELECT public.post_transaction(gen_random_uuid(), 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', 1, 'weak', 'x', NULL, NULL)`;
  expect(await refusal(post)).toBe('25000');
  expect(await refusal("SELECT public.put_account('x', NULL)")).toBe('25000');
  expect(await refusal("SELECT public.put_asset('X', 'x', 2, false)")).toBe('25000');
  await client.query('RESET default_transaction_isolation');
  expect(await refusal(post)).toBe('allowed');
});

test.each(['NaN', 'Infinity', '-5', '0'])('posting refuses the amount %s, whoever asks', async (amount) => {
  client = await loginAs('wallet_app');
  const post = `SELECT public.post_transaction(gen_random_uuid(), 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', '${amount}', 'odd', 'x', NULL, NULL)`;
  expect(await refusal(post)).toMatch(/^(23514|W422P)$/);
});
