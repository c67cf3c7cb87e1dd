import { readFile } from 'node:fs/promises';
import { verifyProof, WalletClient } from '../../client/src';
import { routeList } from '../../functions/routes';
import { checkpoint } from '../support/follower';
import { listening } from '../support/gateway';
import { discrepancies } from '../support/reconcile';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let client: WalletClient;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  client = new WalletClient({ baseUrl: gateway.url });
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
});

test('a game can do a day’s work through the typed client over HTTP', async () => {
  expect((await client.health()).status).toBe('ok');
  const opened = await client.accounts.put('ada', { name: 'Ada' }).withResponse();
  expect([opened.status, opened.data.status]).toEqual([201, 'active']);
  expect((await client.accounts.put('ada', {}).withResponse()).status).toBe(200);
  expect((await client.accounts.get('ada')).name).toBe('Ada');
  expect((await client.accounts.listActs('ada')).acts[0]?.act).toBe('OPENED');
  const gift = { name: 'Gifts', scale: 2, transferable: true };
  expect((await client.assets.put('GIFT', gift).withResponse()).status).toBe(201);
  expect((await client.assets.list()).assets.map(({ assetCode }) => assetCode)).toContain('GIFT');

  const posting = (amount: number | string) => ({
    userId: 'ada',
    assetCode: 'GIFT',
    amount,
    idempotencyKey: key(),
  });
  const topup = await client.topup(posting('100.50'));
  expect(await client.bonus({ ...posting(9.5), metadata: { reason: 'Welcome' } })).toMatchObject({
    newBalance: 110,
    reason: 'Welcome',
  });
  const bought = await client.purchase(posting(60));
  expect(
    await client.refund({ transactionId: bought.transactionId, amount: 10, idempotencyKey: key() }),
  ).toMatchObject({
    newBalance: 60,
    refundableAmount: 50,
  });
  const transfer = {
    fromUserId: 'ada',
    toUserId: 'user_001',
    assetCode: 'GIFT',
    amount: 5,
    idempotencyKey: key(),
  };
  expect((await client.transfer(transfer)).newBalance).toBe(55);
  const exchange = {
    userId: 'ada',
    from: { assetCode: 'GIFT', amount: 5 },
    to: { assetCode: 'DIAMOND', amount: 1 },
  };
  expect((await client.exchange({ ...exchange, idempotencyKey: key() })).to.newBalance).toBe(1);
  const batch = await client.batch({
    transactions: [
      { type: 'topup', ...posting(1) },
      { type: 'purchase', ...posting(1) },
    ],
  });
  expect(batch.transactions.map((posted) => posted?.newBalance)).toEqual([51, 50]);

  const held = await client.holds.place({ ...posting(20), expiresInSeconds: 60 });
  expect((await client.balance('ada', { assetCode: 'GIFT' })).balances).toEqual([
    { assetCode: 'GIFT', assetName: 'Gifts', balance: 50, held: 20, available: 30 },
  ]);
  expect(
    (await client.holds.capture(held.holdId, { amount: 15, idempotencyKey: key() })).releasedAmount,
  ).toBe(5);
  expect((await client.holds.get(held.holdId)).status).toBe('captured');
  const spare = await client.holds.place(posting(1));
  expect((await client.holds.void(spare.holdId, {})).status).toBe('voided');
  const { transactionId } = topup;
  const reversal = {
    transactionId,
    reason: 'chargeback',
    onInsufficientFunds: 'allow-negative',
    idempotencyKey: key(),
  } as const;
  expect((await client.reversal(reversal)).newBalance).toBe(-65.5);
  expect((await client.accounts.setStatus('ada', { status: 'frozen' })).status).toBe('frozen');

  expect((await client.history('ada', { limit: 2 })).transactions.map(({ typeCode }) => typeCode)).toEqual([
    'REVERSAL',
    'PURCHASE',
  ]);
  expect((await client.ledger.getTransaction(transactionId)).entries).toHaveLength(2);
  const { groupId } = batch;
  expect((await client.groups.get(groupId)).transactions).toHaveLength(2);
  const claim = await client.ledger.findClaim({ idempotencyKey: reversal.idempotencyKey });
  expect(claim).toMatchObject({ typeCode: 'REVERSAL' });
  expect((await client.holds.list('ada', { status: 'captured' })).holds).toHaveLength(1);
  const adjustment = { ...posting(1), direction: 'credit', reason: 'test' } as const;
  expect((await client.adjustment(adjustment)).newBalance).toBe(-64.5);
  const migrated = await client.accounts.open({
    accounts: [{ userId: 'ada' }, { userId: 'bea', name: 'Bea' }],
  });
  expect(migrated).toEqual({ created: 1, existed: 1 });
  expect((await client.accounts.list({ prefix: 'bea' })).accounts).toMatchObject([{ name: 'Bea' }]);
  expect((await client.accounts.erase('bea', { reason: 'asked for' })).erasedAt).toMatch(/Z$/);
  const period = { from: '2024-02-01T00:00:00Z', to: new Date().toISOString(), assetCode: 'GIFT' };
  expect((await client.reports.statement(period)).assets[0]?.opening).toBe('0');
  expect(await client.reports.statementCsv(period)).toMatch(/^from,to,asset,/);
  expect((await client.reports.trialBalance()).assets.map(({ sum }) => sum)).toEqual(['0', '0', '0', '0']);
  expect((await client.lots('user_001')).lots).toEqual([]);
  const { events, nextCursor } = await client.events.list({ limit: 2 });
  expect([events.length, events[1]?.sequence]).toEqual([2, nextCursor]);
  const subscriber = { kind: 'webhook', url: 'https://game.example/events', enabled: false } as const;
  expect((await client.subscribers.put('game', subscriber)).secret).toMatch(/^whsec_/);
  const replayed = await client.subscribers.replay('game', { after: nextCursor });
  expect(replayed.cursor).toBe(nextCursor);
  expect((await client.subscribers.list()).subscribers).toMatchObject([{ name: 'game' }]);
  expect((await client.subscribers.deliveries('game')).deliveries).toEqual([]);
  expect((await client.subscribers.delete('game')).name).toBe('game');
  await checkpoint(wallet);
  const { checkpoints } = await client.proofs.list({ limit: 1 });
  expect(checkpoints).toMatchObject([{ number: '1' }]);
  const proof = await client.proofs.get(transactionId);
  expect(await verifyProof(proof, await wallet.app.signer.publicKey())).toMatchObject({ valid: true });
  expect((await client.proofs.consistency('1', { since: '1' })).proof).toEqual([]);
  expect((await client.reports.reconciliation()).discrepancies).toEqual([]);
});

test('the typed client has called every endpoint', () => {
  const rows = routeList.map(({ method, path: route }) => `${method} ${route.replace(/\{(\w+)\}/g, ':$1')}`);
  expect([...gateway.called].sort()).toEqual(rows.sort());
});

describe('a path parameter cannot change the path', () => {
  const asked: string[] = [];
  const { balance, holds } = new WalletClient({
    baseUrl: 'http://wallet',
    fetch: async (url) => {
      asked.push(new URL(String(url)).pathname);
      return Response.json({ data: {} });
    },
  });

  test.each([
    'user:1@game',
    '../accounts/user_001',
    'user_001/../user_002',
    'user_001?limit=1',
    'user_001#top',
    '..%2f..',
    '%2e%2e',
    'a\\b',
    '\0\r\n',
    '...',
    'ü \u{1f4b0}',
  ])('when its value is %j', async (value) => {
    asked.length = 0;
    await balance(value);
    await holds.capture(value, {});
    expect(asked.map((path) => path.split('/').map(decodeURIComponent))).toEqual([
      ['', 'api', 'balance', value],
      ['', 'api', 'holds', value, 'capture'],
    ]);
  });

  test.each(['', '.', '..'])(
    'and the value %j, which no URL can hold, is refused before anything is sent',
    (value) => {
      asked.length = 0;
      expect(() => balance(value)).toThrow(`"${value}" cannot be a path parameter`);
      expect(asked).toEqual([]);
    },
  );

  test('in any generated operation', async () => {
    const source = await readFile('client/src/generated.ts', 'utf8');
    const generated = [...source.matchAll(/method: "(\w+)",\s+path: `([^`]*)`/g)].map(
      ([, method, route]) => `${method} ${route}`,
    );
    const rows = routeList.map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, (_, name) => `\${segment(${name})}`)}`,
    );
    // One that answers text as well has two methods.
    expect([...new Set(generated)].sort()).toEqual(rows.sort());
  });
});

/** Every method of a client, in the order of the route table's document. */
const methodsOf = (of: WalletClient): ((...values: unknown[]) => Promise<unknown>)[] =>
  Object.values(of).flatMap((member) => (typeof member === 'function' ? [member] : Object.values(member)));

test('the client sends the token with every operation except the public one', async () => {
  const brought: [string, string | null][] = [];
  const methods = methodsOf(
    new WalletClient({
      baseUrl: 'http://wallet',
      token: 'a-token',
      fetch: async (url, { method = '', headers } = {}) => {
        const { pathname } = new URL(String(url));
        brought.push([`${method} ${pathname}`, new Headers(headers).get('authorization')]);
        return Response.json({ data: {} });
      },
    }),
  );
  for (const method of methods) {
    await method('value', {});
  }
  expect([...new Set(brought.map(([operation]) => operation))].sort()).toEqual(
    routeList.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/, 'value')}`).sort(),
  );
  expect(brought.filter(([, token]) => token !== 'Bearer a-token')).toEqual([['GET /health', null]]);
});
