import { loadJob } from '../../infra/local/schedule';
import { monotonicMillis } from '../../lib/base/time';
import { toContext } from '../../lib/http/gateway-event';
import { onSeveralNodes } from '../support/citus';
import { discrepancies } from '../support/reconcile';
import { balanceOf, key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let bought: string;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'ann', 'bob', 'cat');
  await post('topup', 'ann', 100);
  await post('topup', 'ann', 20);
  bought = await post('purchase', 'ann', 30);
  await post('topup', 'cat', 1);
  await wallet.call('wallet/refund', { body: { transactionId: bought, amount: 10, idempotencyKey: key() } });
  const sides = { from: { assetCode: 'GOLD_COIN', amount: 1 }, to: { assetCode: 'DIAMOND', amount: 1 } };
  await wallet.call('wallet/exchange', { body: { userId: 'cat', ...sides, idempotencyKey: key() } });
  await wallet.call('holds/place', {
    body: { userId: 'ann', assetCode: 'GOLD_COIN', amount: 5, idempotencyKey: key() },
  });
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'SHARE' },
    body: { name: 'Shares', scale: 2, transferable: true },
  });
  await wallet.call('wallet/topup', {
    body: { userId: 'ann', assetCode: 'SHARE', amount: 9, idempotencyKey: key() },
  });
  const moved = { fromUserId: 'ann', toUserId: 'bob', assetCode: 'SHARE', amount: 3, idempotencyKey: key() };
  await wallet.call('wallet/transfer', { body: moved });
});
afterAll(() => wallet.close());

const post = async (kind: 'topup' | 'purchase', userId: string, amount: number): Promise<string> => {
  const body = { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey: key() };
  return (await wallet.call(`wallet/${kind}`, { body })).body.data.transactionId;
};
const run = async (id: Parameters<typeof loadJob>[0]) => (await loadJob(id))({}, toContext(id, 60_000));
const lastRun = async () => (await wallet.call('admin/reconciliation')).body.data;
const annsBalance = "handle = 'ann' AND asset_code = 'GOLD_COIN'";

describe('trial balance', () => {
  test('gives the total of each type of account as decimal text, and they sum to zero', async () => {
    await wallet.call('admin/put-asset', {
      path: { assetCode: 'TRIAL' },
      body: { name: 'Trials', scale: 2 },
    });
    await openAccounts(wallet, 'tess');
    for (const [kind, amount] of [
      ['topup', 20],
      ['bonus', 3.5],
      ['purchase', 8],
    ] as const) {
      const body = { userId: 'tess', assetCode: 'TRIAL', amount, idempotencyKey: key() };
      await wallet.call(`wallet/${kind}`, { body });
    }
    const { assets } = (await wallet.call('admin/trial-balance')).body.data;
    expect(assets.find(({ assetCode }: { assetCode: string }) => assetCode === 'TRIAL')).toEqual({
      assetCode: 'TRIAL',
      totals: {
        user: '15.5',
        treasury: '-20',
        revenue: '8',
        bonusPool: '-3.5',
        expired: '0',
        adjustments: '0',
        opening: '0',
        clearing: '0',
      },
      sum: '0',
    });
    expect(new Set(assets.map(({ sum }: { sum: string }) => sum))).toEqual(new Set(['0']));
  });
});

describe('reconciliation', () => {
  test('there is no report before the first run, and none of a sound ledger has discrepancies', async () => {
    await wallet.sql('DELETE FROM reconciliation_runs');
    const [{ count }] = await wallet.sql('SELECT count(*)::int FROM transactions');
    expect(await lastRun()).toEqual({
      full: null,
      snapshotAt: null,
      finishedAt: null,
      checked: {},
      discrepancies: [],
    });
    expect(await run('jobs/reconcile')).toMatchObject({
      discrepancies: 0,
      transactions: count,
      entries: 2 * count,
    });
    expect(await lastRun()).toMatchObject({
      full: true,
      discrepancies: [],
      checked: { holds: 1, assets: expect.any(Number) },
    });
    await post('topup', 'bob', 1);
    expect(await run('jobs/reconcile')).toMatchObject({ discrepancies: 0 });
    expect(await lastRun()).toMatchObject({ full: onSeveralNodes });
    expect(await run('jobs/reconcile-full')).toMatchObject({ discrepancies: 0, transactions: count + 1 });
    expect(await discrepancies(wallet)).toEqual({});
  });

  const LEDGER = ['journal', 'balances', 'holds', 'user_accounts'];
  const keep = () =>
    wallet.sql(LEDGER.map((table) => `CREATE TABLE kept_${table} AS TABLE ${table};`).join(''));
  const restore = () =>
    wallet.sql(
      LEDGER.map(
        (table) =>
          `DELETE FROM ${table}; INSERT INTO ${table} TABLE kept_${table}; DROP TABLE kept_${table};`,
      ).join(''),
    );
  /** The names in braces of the damages below: the id of a transaction. */
  const idOf = async (name: string): Promise<string> => {
    if (name === 'bought') {
      return bought;
    }
    const [{ id }] = await wallet.sql(
      `SELECT j.id FROM journal j JOIN user_accounts a ON a.home = j.home AND a.id = j.credit_account_id
       WHERE a.handle = 'ann' AND j.asset_type_id = 1 AND j.credit_seq = $1`,
      [name === 'first' ? 1 : 2],
    );
    return id;
  };
  const FIRST = "id = '{first}'";
  const SECOND = "id = '{second}'";
  /** A row again, in another home. */
  const moveHome = (table: string, which: string) =>
    `DELETE FROM ${table} WHERE ${which};
     INSERT INTO ${table} SELECT (jsonb_populate_record(k, jsonb_build_object('home', k.home # 1))).*
     FROM kept_${table} k WHERE ${which}`;

  test.each([
    [
      'a cached balance',
      `UPDATE balances SET balance = balance + 1 WHERE ${annsBalance}`,
      ['cache', 'conservation', 'totals'],
    ],
    [
      'a count of entries',
      `UPDATE balances SET entry_count = entry_count + 1 WHERE ${annsBalance}`,
      ['cache'],
    ],
    ['what is held', `UPDATE balances SET held = held + 1 WHERE ${annsBalance}`, ['held']],
    [
      'what a balance says of its account',
      `UPDATE balances SET status = 'frozen' WHERE ${annsBalance}`,
      ['copies'],
    ],
    [
      'the amount of a transaction',
      `UPDATE journal SET amount = amount + 1 WHERE ${FIRST}`,
      ['chain', 'totals'],
    ],
    [
      'a running balance',
      `UPDATE journal SET credit_balance = credit_balance + 1 WHERE ${SECOND}`,
      ['chain'],
    ],
    ['a transaction gone', `DELETE FROM journal WHERE ${FIRST}`, ['chain', 'totals']],
    [
      'a side moved to an account that does not exist',
      `UPDATE journal SET credit_account_id = credit_account_id + 1 WHERE ${SECOND}`,
      ['account', 'cache', 'chain'],
    ],
    [
      'more refunded than was paid',
      `UPDATE journal SET amount = amount + 25 WHERE kind = 'REFUND'`,
      ['chain', 'related', 'totals'],
    ],
    [
      'a hold that was resolved otherwise',
      "UPDATE holds SET status = 'captured', resolved_at = now(), transaction_id = '00000000-0000-8000-8000-000000000000' WHERE status = 'active'",
      ['held', 'hold'],
    ],
    ['a hold gone', "DELETE FROM holds WHERE status = 'active'", ['held', 'hold']],
    ['a refund of nothing', "UPDATE journal SET related_id = NULL WHERE kind = 'REFUND'", ['related']],
    ['a refund of a top-up', "UPDATE journal SET related_id = '{first}' WHERE kind = 'REFUND'", ['related']],
    [
      'the kind of a transaction',
      `UPDATE journal SET kind = 'BONUS' WHERE id = '{bought}'`,
      ['chart', 'related'],
    ],
    ['a key that is free again', `UPDATE journal SET idempotency_key = NULL WHERE id = '{bought}'`, ['key']],
    [
      'a key that gives another id',
      `UPDATE journal SET idempotency_key = 'other' WHERE id = '{bought}'`,
      ['key'],
    ],
    [
      'a transfer that left a home and arrived nowhere',
      // On several nodes the law lets two minutes pass.
      `DELETE FROM journal WHERE kind = 'TRANSFER' AND idempotency_key IS NULL;
       ${onSeveralNodes ? "UPDATE journal SET created_at = '2024-01-01' WHERE kind = 'TRANSFER'" : ''}`,
      onSeveralNodes ? ['cache', 'clearing', 'time'] : ['cache', 'key', 'totals'],
    ],
    [
      'the first half of an exchange gone',
      "DELETE FROM journal WHERE kind = 'EXCHANGE' AND idempotency_key IS NOT NULL",
      ['cache', 'key', 'totals'],
    ],
    [
      'the second half of an exchange gone',
      "DELETE FROM journal WHERE kind = 'EXCHANGE' AND idempotency_key IS NULL",
      ['cache', 'key', 'totals'],
    ],
    [
      'the group of half an exchange',
      "UPDATE journal SET group_id = id WHERE kind = 'EXCHANGE' AND idempotency_key IS NULL",
      ['key'],
    ],
    ['the home of a transaction', moveHome('journal', FIRST), ['account', 'cache', 'chain', 'home', 'key']],
    ['the home of an account', moveHome('user_accounts', "handle = 'ann'"), ['account', 'copies', 'home']],
    [
      'more decimals than an asset has',
      `UPDATE journal SET amount = amount + 0.001 WHERE ${FIRST}`,
      ['account', 'chain', 'totals'],
    ],
    ['a time that goes back', `UPDATE journal SET created_at = '2024-01-01' WHERE ${SECOND}`, ['time']],
  ])('%s, changed by the owner, is found, reported with its ids, and counted', async (_, damage, checks) => {
    await keep();
    const [name] = /(?<=\{)\w+(?=\})/.exec(damage) ?? ['bought'];
    await wallet.sql(damage.replaceAll(`{${name}}`, await idOf(name)));
    wallet.lines.length = 0;
    const counts = await run('jobs/reconcile-full');
    const told = await lastRun();
    await restore();
    const found = told.discrepancies.map(({ check }: { check: string }) => check);
    // On several nodes no totals are kept.
    expect([...new Set(found)].sort()).toEqual(
      checks.filter((check) => !onSeveralNodes || check !== 'totals'),
    );
    expect(counts.discrepancies).toBe(found.length);
    // In words that an operator knows, beside the ledger's own numbers.
    const assetCodes = told.discrepancies.map(({ assetCode }: { assetCode?: string }) => assetCode);
    expect(
      assetCodes.filter((assetCode: string) => ['GOLD_COIN', 'SHARE', 'DIAMOND'].includes(assetCode)),
    ).not.toEqual([]);
    expect(wallet.lines.join()).toContain('the ledger does not reconcile');
    expect(await run('jobs/reconcile-full')).toMatchObject({ discrepancies: 0 });
  });

  test('a run since any moment finds nothing wrong with a sound ledger', async () => {
    await post('topup', 'user_001', 5);
    // On several nodes there are no moments: each run looks at everything.
    const moments = onSeveralNodes
      ? [{}]
      : await wallet.sql(
          'SELECT DISTINCT xact::text AS xact, (xact::text::bigint + 1)::text AS next FROM journal',
        );
    const call = { deadline: monotonicMillis() + 60_000, retries: [] };
    for (const after of moments.flatMap(({ xact, next }) => [xact, next])) {
      expect((await wallet.app.ledger.verify(after, call)).discrepancies).toEqual([]);
    }
  });

  test('after a run that found a discrepancy, the next run looks at everything again', async () => {
    const damage = `UPDATE balances SET balance = balance + 1 WHERE ${annsBalance}`;
    await wallet.sql(damage);
    await run('jobs/reconcile');
    // Also against its totals, but on several nodes.
    expect(await run('jobs/reconcile')).toMatchObject({ discrepancies: onSeveralNodes ? 2 : 3 });
    expect((await lastRun()).full).toBe(true);
    await wallet.sql(damage.replace('+', '-'));
    expect(await run('jobs/reconcile')).toMatchObject({ discrepancies: 0 });
  });

  test('reconciliation and postings run at the same time, and no run finds a discrepancy', async () => {
    const work = Promise.all(Array.from({ length: 40 }, () => post('topup', 'bob', 1)));
    const counts = await Promise.all([
      run('jobs/reconcile'),
      run('jobs/reconcile-full'),
      run('jobs/reconcile-full'),
    ]);
    await work;
    expect(counts.map((count) => count.discrepancies)).toEqual([0, 0, 0]);
  });

  test('the cached balances are rebuilt from the entries', async () => {
    await post('topup', 'bob', 1);
    const before = await balanceOf(wallet, 'ann', 'GOLD_COIN');
    await wallet.sql(
      `UPDATE balances SET balance = 7, held = 1, entry_count = 99, last_entry_at = now(), status = 'closed' WHERE ${annsBalance}`,
    );
    await wallet.sql("DELETE FROM balances WHERE handle = 'bob' AND asset_code = 'GOLD_COIN'");
    expect(await wallet.sql('SELECT public.rebuild_balances() AS wrong')).toEqual([{ wrong: '2' }]);
    expect(await run('jobs/reconcile-full')).toMatchObject({ discrepancies: 0 });
    expect(await balanceOf(wallet, 'ann', 'GOLD_COIN')).toBe(before);
    expect(await discrepancies(wallet)).toEqual({});
  });
});

test('the balance at a past time is what the last entry until then left, for every kind', async () => {
  const asset = { path: { assetCode: 'GIFT' }, body: { name: 'Gifts', scale: 2, transferable: true } };
  await wallet.call('admin/put-asset', asset);
  await openAccounts(wallet, 'past', 'peer');
  const gift = (amount: number) => ({ userId: 'past', assetCode: 'GIFT', amount, idempotencyKey: key() });
  const send = async (id: Parameters<typeof wallet.call>[0], body: object, path?: Record<string, string>) => {
    const reply = await wallet.call(id, { body: { idempotencyKey: key(), ...body }, path });
    expect(reply.status).toBe(201);
    return reply.body.data;
  };
  const bonus = await send('wallet/bonus', gift(7));
  await send('wallet/topup', gift(100));
  const { transactionId } = await send('wallet/purchase', gift(30));
  await send('wallet/refund', { transactionId, amount: 12.5 });
  await send('wallet/transfer', { fromUserId: 'past', toUserId: 'peer', assetCode: 'GIFT', amount: 4 });
  await send('wallet/transfer', { fromUserId: 'peer', toUserId: 'past', assetCode: 'GIFT', amount: 1 });
  const exchange = { from: { assetCode: 'GIFT', amount: 6 }, to: { assetCode: 'DIAMOND', amount: 1 } };
  await send('wallet/exchange', { userId: 'past', ...exchange });
  await send('holds/capture', { amount: 3 }, { holdId: (await send('holds/place', gift(5))).holdId });
  await send('wallet/reversal', { transactionId: bonus.transactionId, reason: 'test' });
  const query = { assetCode: 'GIFT' };
  const rows = (await wallet.call('wallet/history', { path: { userId: 'past' }, query })).body.data
    .transactions;
  expect(rows.map(({ runningBalance }: { runningBalance: number }) => runningBalance)).toEqual([
    70.5, 77.5, 80.5, 86.5, 85.5, 89.5, 77, 107, 7,
  ]);
  for (const { timestamp } of rows) {
    // Of entries within one millisecond, the newest.
    const expected = rows.find((row: { timestamp: string }) => row.timestamp === timestamp).runningBalance;
    const past = await wallet.call('wallet/balance', {
      path: { userId: 'past' },
      query: { ...query, at: timestamp },
    });
    expect([timestamp, past.body.data.balances[0].balance]).toEqual([timestamp, expected]);
  }
});
