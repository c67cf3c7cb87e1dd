import { Client } from 'pg';
import { homeOf } from '../../lib/ledger/home';
import { onSeveralNodes } from '../support/citus';
import { nodeOf } from '../support/nodes';
import { discrepancies } from '../support/reconcile';
import { rowsRead } from '../support/rows-read';
import { PASSWORDS } from '../support/server';
import { key, openWallet, type TestWallet } from '../support/wallet';

const ELEMENTS = 100;
const CROWD = Array.from({ length: 3_000 }, (_, index) => `crowd_${index + 1}`);

let wallet: TestWallet;
let sessions: Client[] = [];
beforeAll(async () => {
  wallet = await openWallet();
  const names = "SELECT 'crowd_' || i AS handle FROM generate_series(1, 3000) AS i";
  await wallet.sql('SET default_transaction_isolation = serializable');
  // As their owner: on several nodes, all rows of a transaction are written by one role.
  await wallet.sql('SET ROLE wallet_owner');
  await wallet.sql(`
    SELECT open_account(home_of(handle), handle, NULL, NULL) FROM (${names}) AS n;
    SELECT open_balance(home_of(handle), side, 'GOLD_COIN')
    FROM (${names}) AS n, unnest(ARRAY[handle, '$treasury']) AS side`);
  await wallet.sql('RESET ROLE');
  await wallet.sql('ANALYZE');
});
afterAll(async () => {
  await Promise.all(sessions.map((session) => session.end()));
  await wallet.close();
});

const halfOf = (user: string) => homeOf(user) >> 14;

/**
 * A batch of top-ups for users whose homes lie in the lower or the upper half, as a query; of users of one
 * node alone, if one is named.
 */
async function batch(half: 0 | 1, node?: number): Promise<string> {
  const users: string[] = [];
  for (const user of CROWD.filter((one) => halfOf(one) === half)) {
    if (
      users.length < ELEMENTS &&
      (node === undefined || (await nodeOf(wallet, homeOf(user))).port === node)
    ) {
      users.push(user);
    }
  }
  const elements = users.map((user) => ({
    home: homeOf(user),
    kind: 'TOP_UP',
    debit: '$treasury',
    credit: user,
    asset_code: 'GOLD_COIN',
    amount: 1,
    key: key(),
    request_hash: '00',
  }));
  return `SELECT count(*) FROM public.post_batch(gen_random_uuid(), '${JSON.stringify(elements)}')`;
}

test('a batch reads only its own balances, about four rows for each element', async () => {
  const user = CROWD.find((one) => halfOf(one) === 0) ?? '';
  const { port } = await nodeOf(wallet, homeOf(user));
  const query = await batch(0, onSeveralNodes ? Number(port) : undefined);
  expect(await rowsRead(wallet, 'balances', query, user)).toBeLessThan(ELEMENTS * 5);
});

test('parallel batches of users in different homes do not conflict', async () => {
  sessions = [1, 2].map(
    () => new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app }),
  );
  for (const session of sessions) {
    await session.connect();
    await session.query('BEGIN');
  }
  for (const [index, session] of sessions.entries()) {
    expect((await session.query(await batch(index === 0 ? 0 : 1))).rows).toEqual([
      { count: String(ELEMENTS) },
    ]);
  }
  for (const session of sessions) {
    await session.query('COMMIT');
  }
});

test('a batch moves nothing if one of its keys was claimed in the meantime', async () => {
  const query = await batch(0);
  await wallet.sql(query);
  // On several nodes each posting finds its own key, so the batch is a replay.
  if (onSeveralNodes) {
    expect(await wallet.sql(query)).toEqual([{ count: String(ELEMENTS) }]);
    expect(await wallet.sql(query.replace('count(*)', 'bool_and(replayed)'))).toEqual([{ bool_and: true }]);
  } else {
    await expect(wallet.sql(query)).rejects.toMatchObject({ code: 'W0002' });
  }
  expect(await discrepancies(wallet)).toEqual({});
});

test.each([false, true])(
  'a batch whose answer was lost is not reported as refused when sent again (skip: %s)',
  async (skip) => {
    // It spends all that there is: sent again, it would not pass, but for its key.
    const user = `crowd_${skip ? 1 : 2}`;
    const element = { home: homeOf(user), asset_code: 'GOLD_COIN', amount: 5, request_hash: '00' };
    const topup = { ...element, kind: 'TOP_UP', debit: '$treasury', credit: user, key: key() };
    const purchase = { ...element, kind: 'PURCHASE', debit: user, credit: '$revenue', key: key() };
    const post = (elements: object[]) =>
      wallet.sql(
        `SELECT * FROM public.post_batch(gen_random_uuid(), '${JSON.stringify(elements)}', p_skip_refused => ${skip})`,
      );
    const [{ balance }] = (await wallet.sql('SELECT balance FROM balances WHERE handle = $1', [user])) as [
      { balance: string },
    ];
    await post([topup]);
    await post([{ ...purchase, amount: Number(balance) + 5 }]);
    const again = post([{ ...purchase, amount: Number(balance) + 5 }]);
    await (onSeveralNodes
      ? expect(again).resolves.toMatchObject([{ replayed: true, code: null }])
      : expect(again).rejects.toMatchObject({ code: 'W0002' }));
    expect(await discrepancies(wallet)).toEqual({});
  },
);
