import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { onSeveralNodes } from '../support/citus';
import { PASSWORDS } from '../support/server';
import { openWallet, type TestWallet } from '../support/wallet';

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

/** What there is, by the catalogue: so nothing that is added later is left out here. */
const relations = async (kinds: string): Promise<string[]> =>
  (
    await wallet.sql(
      `SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = ANY ($1::"char"[])
         AND NOT EXISTS (
           SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
       ORDER BY 1`,
      [kinds],
    )
  ).map(({ relname }) => relname);
const TABLES = '{r,p}';
const VIEWS = '{v,m}';

const expectNoWrite = async (table: string) => {
  expect([table, await refusal(`INSERT INTO ${table} DEFAULT VALUES`)]).toEqual([table, DENIED]);
  expect([table, await refusal(`DELETE FROM ${table}`)]).toEqual([table, DENIED]);
  expect([table, await refusal(`TRUNCATE ${table}`)]).toEqual([table, DENIED]);
};

test('wallet_app can neither read nor write any table or view of the ledger', async () => {
  client = await loginAs('wallet_app');
  const tables = await relations(TABLES);
  expect(tables).toEqual(
    expect.arrayContaining(['administrative_acts', 'balances', 'holds', 'journal', 'user_accounts']),
  );
  for (const relation of [...tables, ...(await relations(VIEWS))]) {
    expect([relation, await refusal(`SELECT FROM ${relation}`)]).toEqual([relation, DENIED]);
  }
  for (const table of tables) {
    await expectNoWrite(table);
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

/** The functions that the service calls: all that its sources name. */
function calledFunctions(): string[] {
  const sources = readdirSync('lib/db').map((file) => readFileSync(`lib/db/${file}`, 'utf8'));
  const names = sources.flatMap((text) => [
    ...text.matchAll(/\bask(?:One|Some|Text)?\(\s*\w+\.\w+,\s*'(\w+)'/g),
  ]);
  return [...new Set(names.map(([, name = '']) => name))].sort();
}

test('the logins can call the functions that the service calls, but not the inner functions', async () => {
  client = await loginAs('wallet_app');
  const callable = async (...logins: string[]): Promise<string[]> =>
    (
      await wallet.sql(
        `SELECT DISTINCT p.proname FROM pg_proc p, unnest($1::text[]) AS login
         WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege(login, p.oid, 'EXECUTE') ORDER BY 1`,
        [logins],
      )
    ).map(({ proname }) => proname);
  expect(await callable('wallet_app', 'wallet_reader')).toEqual(calledFunctions());
  // What the reader may call changes nothing.
  expect((await callable('wallet_reader')).filter((name) => !/^(find|read|verify)_/.test(name))).toEqual([]);
  expect(await callable('public')).toEqual([]);
});

test('wallet_reader reads everything and changes nothing', async () => {
  client = await loginAs('wallet_reader');
  const tables = await relations(TABLES);
  const ownersAlone = ['schema_migrations', 'lot_entries'];
  for (const relation of [...tables, ...(await relations(VIEWS))].filter(
    (name) => !ownersAlone.includes(name),
  )) {
    expect([relation, await refusal(`SELECT FROM ${relation}`)]).toEqual([relation, 'allowed']);
  }
  for (const table of tables) {
    await expectNoWrite(table);
  }
  expect(await refusal("SELECT * FROM public.put_account(1, 'someone')")).toBe(DENIED);
});

test('each login may renew only its own password, as a rotation does', async () => {
  for (const [login, other] of [
    ['wallet_app', 'wallet_reader'],
    ['wallet_reader', 'wallet_app'],
  ] as const) {
    client = await loginAs(login);
    expect([login, await refusal(`ALTER USER ${login} WITH PASSWORD '${PASSWORDS[login]}'`)]).toEqual([
      login,
      'allowed',
    ]);
    expect([login, await refusal(`ALTER USER ${other} WITH PASSWORD 'mine now'`)]).toEqual([login, DENIED]);
    await client.end();
  }
});

const HOME_OF_USER_001 = 11_042;
const topUp = (amount: string) =>
  `SELECT public.post_transaction(
     ${HOME_OF_USER_001}, 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', ${amount}, 'odd', 'x')`;

test('posting refuses an isolation level below repeatable read', async () => {
  client = await loginAs('wallet_app');
  await client.query('SET default_transaction_isolation = "read committed"');
  const post = topUp('1');
  const account = "SELECT public.put_account(1, 'x')";
  for (const text of onSeveralNodes ? [] : [post, account]) {
    expect(await refusal(text)).toBe('25000');
  }
  expect(await refusal("SELECT public.put_asset('X', 'x', 2, false)")).toBe('25000');
  await client.query('RESET default_transaction_isolation');
  expect(await refusal(post)).toBe('allowed');
  // A call that goes to another node has the level that the role has there, whatever the session was set to.
  for (const text of onSeveralNodes ? [post] : []) {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    expect(await refusal(text)).toBe('25000');
    await client.query('ROLLBACK');
  }
});

test.each(['NaN', 'Infinity', '-5', '0'])('posting refuses the amount %s', async (amount) => {
  client = await loginAs('wallet_app');
  expect(await refusal(topUp(`'${amount}'`))).toMatch(/^(23514|W0001)$/);
});
