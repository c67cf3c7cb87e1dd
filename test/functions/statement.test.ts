import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { loadJob } from '../../infra/local/schedule';
import { monotonicMillis } from '../../lib/base/time';
import { toContext } from '../../lib/http/gateway-event';
import { settled } from '../support/follower';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann', 'bob');
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true, transferable: true },
  });
});
afterEach(async () => {
  const call = { deadline: monotonicMillis() + 60_000, retries: [] };
  const found = (await wallet.app.ledger.verify(undefined, call)).discrepancies;
  // Tests move transactions to other times, which breaks other laws.
  expect(found.filter(({ check }) => check === 'totals')).toEqual([]);
  await wallet.close();
});

const count = async () => {
  await settled(wallet);
  await (await loadJob('jobs/count-totals'))({}, toContext('jobs/count-totals', 60_000));
};
const post = async (route: 'topup' | 'bonus' | 'purchase', amount: number | string, more: object = {}) => {
  const body = { userId: 'ann', assetCode: 'GEM', amount, idempotencyKey: key(), ...more };
  const reply = await wallet.call(`wallet/${route}`, { body });
  expect(reply.body.error).toBeUndefined();
  return reply.body.data.transactionId;
};
const EARLY = '2020-01-01T00:00:00.000Z';
const LATE = '2120-01-01T00:00:00.000Z';
const ask = (query: Record<string, string> = {}) =>
  wallet.call('admin/statement', { query: { from: EARLY, to: LATE, assetCode: 'GEM', ...query } });
const read = async (query: Record<string, string> = {}) => (await ask(query)).body.data.assets;
/** Moves what was posted until now into the past. */
const at = (time: string) =>
  wallet.sql("UPDATE journal SET created_at = $1 WHERE created_at > now() - interval '1 day'", [time]);

test('opening plus movements gives closing for all, paid and free credits', async () => {
  await post('topup', 100, { source: 'shop-a' });
  await post('bonus', '20.50');
  await post('purchase', 30);
  const given = await post('bonus', 5);
  const reversal = { transactionId: given, reason: 'a mistake', idempotencyKey: key() };
  await wallet.call('wallet/reversal', { body: reversal });
  const transfer = { fromUserId: 'ann', toUserId: 'bob', assetCode: 'GEM', amount: 10 };
  await wallet.call('wallet/transfer', { body: { ...transfer, idempotencyKey: key() } });
  const expected = {
    assetCode: 'GEM',
    opening: '0',
    closing: '90.5',
    expired: '0',
    paid: { opening: '0', closing: '90.5', expired: '0' },
    free: { opening: '0', closing: '0', expired: '0' },
    movements: [
      { kind: 'BONUS', count: 2, amount: '25.5' },
      { kind: 'PURCHASE', count: 1, amount: '-30' },
      { kind: 'REVERSAL', count: 1, amount: '-5' },
      { kind: 'TOP_UP', count: 1, amount: '100' },
      { kind: 'TRANSFER', count: 1, amount: '0' },
    ],
  };
  expect(await read()).toEqual([expected]);
  await count();
  expect(await read()).toEqual([expected]);
  const after = { ...expected, opening: '90.5', movements: [], paid: { ...expected.paid, opening: '90.5' } };
  expect(await read({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([after]);
});

test('a period may begin and end at any millisecond, in the middle of hours and of days', async () => {
  const times = [
    '2024-03-30T22:59:59.999Z',
    '2024-03-31T15:00:00Z',
    '2024-03-31T15:20:00Z',
    '2024-04-02T01:00:00Z',
  ];
  for (const [index, time] of times.entries()) {
    await post('topup', 10 ** index);
    await at(time);
  }
  const moved = async (from: string, to: string) => {
    const [{ opening, closing, movements }] = await read({ from, to });
    return [opening, movements[0]?.amount, closing];
  };
  const CASES: [string, string, string, string | undefined, string][] = [
    ['2024-03-30T22:59:59.999Z', '2024-03-31T15:00:00Z', '0', '1', '1'],
    ['2024-03-30T23:00:00Z', '2024-03-31T15:00:00Z', '1', undefined, '1'],
    ['2024-03-31T15:00:00Z', '2024-03-31T15:20:00Z', '1', '10', '11'],
    ['2024-03-31T15:10:00Z', '2024-03-31T15:20:00.001Z', '11', '100', '111'],
    ['2024-04-01T00:00:00+09:00', '2024-04-02T10:00:00.001+09:00', '1', '1110', '1111'],
  ];
  for (const isCounted of [false, true]) {
    for (const [from, to, ...expected] of CASES) {
      expect([isCounted, from, to, ...(await moved(from, to))]).toEqual([isCounted, from, to, ...expected]);
    }
    await count();
  }
});

test('each day of a statement is 24 hours from its begin, in any time zone', async () => {
  for (const [index, time] of ['2024-03-31T14:59:59Z', '2024-03-31T15:00:00Z'].entries()) {
    await post('topup', index + 1);
    await at(time);
  }
  await count();
  const query = { from: '2024-03-31T00:00:00+09:00', to: '2024-04-02T00:00:00+09:00', groupBy: 'day' };
  expect((await read(query))[0].movements).toEqual([
    { day: '2024-03-30T15:00:00.000Z', count: 1, amount: '1' },
    { day: '2024-03-31T15:00:00.000Z', count: 1, amount: '2' },
  ]);
  const reply = await ask({ ...query, from: '2024-03-31T00:30:00Z' });
  expect(reply.body.error.details).toEqual([
    { path: 'from', message: 'must be a whole hour to group by day' },
  ]);
});

test('sources have their origin; a debt and an asset without lots have none', async () => {
  await post('topup', 50, { source: 'shop-a' });
  const given = await post('bonus', 20, { source: 'event' });
  await post('purchase', 70);
  const reversal = { transactionId: given, reason: 'fraud', onInsufficientFunds: 'allow-negative' };
  await wallet.call('wallet/reversal', { body: { ...reversal, idempotencyKey: key() } });
  await post('topup', 7, { assetCode: 'DIAMOND' });
  await count();
  expect((await read({ groupBy: 'source' }))[0]).toMatchObject({
    closing: '-20',
    movements: [
      { origin: null, source: null, count: 0, amount: '-20' },
      { origin: 'free', source: 'event', count: 2, amount: '0' },
      { origin: 'paid', source: 'shop-a', count: 2, amount: '0' },
    ],
  });
  const from = new Date(Date.now() - 60_000).toISOString();
  expect((await read({ groupBy: 'source', assetCode: 'DIAMOND', from }))[0].movements).toEqual([
    { origin: null, source: null, count: expect.any(Number), amount: expect.any(String) },
  ]);
});

test('a statement lists the credits that expired in a period, also by origin', async () => {
  await post('bonus', 5, { expiresInSeconds: 3_600 });
  await wallet.sql(
    `UPDATE balances SET lots[1].expires_at = date_trunc('second', now()) - interval '1 second',
       next_expiry = date_trunc('second', now()) - interval '1 second' WHERE handle = 'ann' AND asset_code = 'GEM'`,
  );
  await wallet.sql(
    `UPDATE journal SET lots[1].expires_at = date_trunc('second', now()) - interval '1 second',
       lots[1].made_at = lots[1].made_at - interval '1 day' WHERE lots IS NOT NULL`,
  );
  await wallet.sql(
    `UPDATE balances SET lots[1].id = lot_id(lots[1]), lots[1].made_at = lots[1].made_at - interval '1 day'
     WHERE handle = 'ann' AND asset_code = 'GEM'`,
  );
  await wallet.sql('UPDATE journal SET lots[1].id = lot_id(lots[1]) WHERE lots IS NOT NULL');
  await (await loadJob('jobs/expire-lots'))({}, toContext('jobs/expire-lots', 60_000));
  expect((await read())[0]).toMatchObject({
    closing: '0',
    expired: '5',
    free: { closing: '0', expired: '5' },
    paid: { expired: '0' },
  });
});

test('callers that accept text/csv get the same figures as a table', async () => {
  await post('topup', 50, { source: 'shop' });
  const reply = await wallet.call('admin/statement', {
    query: { from: EARLY, to: LATE, assetCode: 'GEM', groupBy: 'source' },
    headers: { Accept: 'text/csv' },
  });
  expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(String(reply.body).split('\n', 1)).toEqual(['from,to,asset,item,origin,source,count,amount']);
  const lines = parse(String(reply.body), { columns: true });
  const period = { from: EARLY, to: LATE };
  expect(lines).toEqual([
    { ...period, asset: 'GEM', origin: '', source: '', count: '', item: 'opening', amount: '0' },
    { ...period, asset: 'GEM', origin: 'paid', source: 'shop', count: '1', item: 'movement', amount: '50' },
    { ...period, asset: 'GEM', origin: '', source: '', count: '', item: 'closing', amount: '50' },
    { ...period, asset: 'GEM', origin: '', source: '', count: '', item: 'expired', amount: '0' },
    { ...period, asset: 'GEM', origin: 'paid', source: '', count: '', item: 'opening', amount: '0' },
    { ...period, asset: 'GEM', origin: 'paid', source: '', count: '', item: 'closing', amount: '50' },
    { ...period, asset: 'GEM', origin: 'paid', source: '', count: '', item: 'expired', amount: '0' },
    { ...period, asset: 'GEM', origin: 'free', source: '', count: '', item: 'opening', amount: '0' },
    { ...period, asset: 'GEM', origin: 'free', source: '', count: '', item: 'closing', amount: '0' },
    { ...period, asset: 'GEM', origin: 'free', source: '', count: '', item: 'expired', amount: '0' },
  ]);
});

test('the statement of any period is the sum of its postings', async () => {
  const hour = fc.integer({ min: 0, max: 96 });
  const posted = fc.record({ amount: fc.integer({ min: 1, max: 9 }), hour, isCounted: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(posted, { minLength: 1, maxLength: 8 }),
      hour,
      hour,
      async (list, one, other) => {
        const time = (hours: number, minutes = 0) =>
          new Date(Date.UTC(2024, 1, 1, hours, minutes)).toISOString();
        await wallet.sql("DELETE FROM totals; UPDATE counted SET upto = '0'");
        await wallet.sql("UPDATE journal SET created_at = '2019-01-01' WHERE created_at > '2024-01-01'");
        let inPeriod = 0;
        const [from, to] = one < other ? [one, other] : [other, one + 1];
        for (const { amount, hour: posting, isCounted } of list) {
          await post('topup', amount, { assetCode: 'DIAMOND' });
          await wallet.sql("UPDATE journal SET created_at = $1 WHERE created_at > '2025-01-01'", [
            time(posting, 30),
          ]);
          inPeriod += posting >= from && posting < to ? amount : 0;
          if (isCounted) {
            await count();
          }
        }
        const [asset] = await read({ from: time(from), to: time(to), assetCode: 'DIAMOND' });
        expect(Number(asset.movements[0]?.amount ?? 0)).toBe(inPeriod);
        expect(Number(asset.closing) - Number(asset.opening)).toBe(inPeriod);
      },
    ),
    { numRuns: 15 },
  );
  // The times of its rows were changed by hand.
  await wallet.sql("DELETE FROM totals; UPDATE counted SET upto = '0'");
});

test('reconciliation reports a total that was changed', async () => {
  await post('topup', 5);
  await count();
  const call = { deadline: monotonicMillis() + 60_000, retries: [] };
  const checks = async () =>
    (await wallet.app.ledger.verify(undefined, call)).discrepancies.map(({ check }) => check);
  for (const [damage, mend] of [
    ['amount + 1', 'amount - 1'],
    ['-amount', '-amount'],
  ]) {
    await wallet.sql(`UPDATE totals SET amount = ${damage} WHERE grain = 'hour'`);
    expect(new Set(await checks())).toEqual(new Set(['totals']));
    await wallet.sql(`UPDATE totals SET amount = ${mend} WHERE grain = 'hour'`);
  }
  await wallet.sql("UPDATE totals SET transactions = transactions + 1 WHERE grain = 'day'");
  expect(new Set(await checks())).toEqual(new Set(['totals']));
  await wallet.sql("UPDATE totals SET transactions = transactions - 1 WHERE grain = 'day'");
});

test.each([
  [{ from: 'yesterday' }, 'from'],
  [{ from: 'yesterday', groupBy: 'day' }, 'from'],
  [{ to: EARLY }, 'to'],
  [{ groupBy: 'week' }, 'groupBy'],
])('a query of %j is refused, and the refusal names the field', async (query, path) => {
  const reply = await ask(query as unknown as Record<string, string>);
  expect([reply.status, reply.body.error.details[0].path]).toEqual([400, path]);
});
