import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { verifyProof } from '../../client/src/proof';
import { routeList } from '../../functions/routes';
import { Api } from '../../generated/wallet-client';
import { createGateway } from '../../infra/local/gateway';
import { operationIdOf } from '../../lib/contract/openapi';
import { checkpoint } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let gateway: FastifyInstance;
let called: Set<string>;
let client: Api<unknown>['api'] & { health: Api<unknown>['health'] };
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
  gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, load: wallet.load });
  called = new Set();
  gateway.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode < 300) {
      called.add(`${request.method} ${request.routeOptions.url}`);
    }
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  const api = new Api({ baseUrl: `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}` });
  client = { ...api.api, health: api.health };
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
});

/** What a refused call rejects with. */
const refusal = (call: Promise<unknown>): Promise<{ status: number; error: { error: { code: string } } }> =>
  call.then(
    () => Promise.reject(new Error('it passed')),
    (refused) => refused,
  );

test('a game’s day, through the typed client over HTTP', async () => {
  expect((await client.health.systemHealth()).data.data.status).toBe('ok');
  const opened = await client.adminPutAccount('ada', { name: 'Ada' });
  expect([opened.status, opened.data.data.status]).toEqual([201, 'active']);
  expect((await client.adminPutAccount('ada', {})).status).toBe(200);
  expect((await client.adminGetAccount('ada')).data.data.name).toBe('Ada');
  expect((await client.adminListActs('ada')).data.data.acts[0]?.act).toBe('OPENED');
  expect((await client.adminPutAsset('GIFT', { name: 'Gifts', scale: 2, transferable: true })).status).toBe(
    201,
  );
  expect((await client.adminListAssets()).data.data.assets.map(({ assetCode }) => assetCode)).toContain(
    'GIFT',
  );

  const posting = (amount: number | string) => ({
    userId: 'ada',
    assetCode: 'GIFT',
    amount,
    idempotencyKey: key(),
  });
  const topup = (await client.walletTopup(posting('100.50'))).data.data;
  expect(
    (await client.walletBonus({ ...posting(9.5), metadata: { reason: 'Welcome' } })).data.data,
  ).toMatchObject({
    newBalance: 110,
    reason: 'Welcome',
  });
  const bought = (await client.walletPurchase(posting(60))).data.data;
  expect(
    (await client.walletRefund({ transactionId: bought.transactionId, amount: 10, idempotencyKey: key() }))
      .data.data,
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
  expect((await client.walletTransfer(transfer)).data.data.newBalance).toBe(55);
  const exchange = {
    userId: 'ada',
    from: { assetCode: 'GIFT', amount: 5 },
    to: { assetCode: 'DIAMOND', amount: 1 },
  };
  expect((await client.walletExchange({ ...exchange, idempotencyKey: key() })).data.data.to.newBalance).toBe(
    1,
  );
  const batch = await client.walletBatch({
    transactions: [
      { type: 'topup', ...posting(1) },
      { type: 'purchase', ...posting(1) },
    ],
  });
  expect(batch.data.data.transactions.map((posted) => posted?.newBalance)).toEqual([51, 50]);

  const held = (await client.holdsPlace({ ...posting(20), expiresInSeconds: 60 })).data.data;
  expect((await client.walletBalance('ada', { assetCode: 'GIFT' })).data.data.balances).toEqual([
    { assetCode: 'GIFT', assetName: 'Gifts', balance: 50, held: 20, available: 30 },
  ]);
  expect(
    (await client.holdsCapture(held.holdId, { amount: 15, idempotencyKey: key() })).data.data.releasedAmount,
  ).toBe(5);
  expect((await client.holdsGet(held.holdId)).data.data.status).toBe('captured');
  const spare = (await client.holdsPlace(posting(1))).data.data;
  expect((await client.holdsVoid(spare.holdId, {})).data.data.status).toBe('voided');
  const { transactionId } = topup;
  const reversal = {
    transactionId,
    reason: 'chargeback',
    onInsufficientFunds: 'allow-negative',
    idempotencyKey: key(),
  } as const;
  expect((await client.walletReversal(reversal)).data.data.newBalance).toBe(-65.5);
  expect((await client.adminSetAccountStatus('ada', { status: 'frozen' })).data.data.status).toBe('frozen');

  expect(
    (await client.walletHistory('ada', { limit: 2 })).data.data.transactions.map(({ typeCode }) => typeCode),
  ).toEqual(['REVERSAL', 'PURCHASE']);
  expect((await client.adminGetTransaction(transactionId)).data.data.entries).toHaveLength(2);
  const { groupId } = batch.data.data;
  expect((await client.adminGetGroup(groupId)).data.data.transactions).toHaveLength(2);
  const claim = await client.adminFindClaim({ idempotencyKey: reversal.idempotencyKey });
  expect(claim.data.data).toMatchObject({ typeCode: 'REVERSAL' });
  expect((await client.holdsList('ada', { status: 'captured' })).data.data.holds).toHaveLength(1);
  const adjustment = { ...posting(1), direction: 'credit', reason: 'test' } as const;
  expect((await client.walletAdjustment(adjustment)).data.data.newBalance).toBe(-64.5);
  const migrated = await client.adminOpenAccounts({
    accounts: [{ userId: 'ada' }, { userId: 'bea', name: 'Bea' }],
  });
  expect(migrated.data.data).toEqual({ created: 1, existed: 1 });
  expect((await client.adminListAccounts({ prefix: 'bea' })).data.data.accounts).toMatchObject([
    { name: 'Bea' },
  ]);
  const erasing = { reason: 'asked for', idempotencyKey: key() };
  expect((await client.adminEraseAccount('bea', erasing)).data.data.erasedAt).toMatch(/Z$/);
  expect((await client.adminTrialBalance()).data.data.assets.map(({ sum }) => sum)).toEqual([
    '0',
    '0',
    '0',
    '0',
  ]);
  expect((await client.walletLots('user_001')).data.data.lots).toEqual([]);
  const { events, nextCursor } = (await client.eventsList({ limit: 2 })).data.data;
  expect([events.length, events[1]?.sequence]).toEqual([2, nextCursor]);
  const subscriber = { kind: 'webhook', url: 'https://game.example/events', enabled: false } as const;
  expect((await client.subscribersPut('game', subscriber)).data.data.secret).toMatch(/^whsec_/);
  const replayed = await client.subscribersReplay('game', { after: nextCursor });
  expect(replayed.data.data.cursor).toBe(nextCursor);
  expect((await client.subscribersList()).data.data.subscribers).toMatchObject([{ name: 'game' }]);
  expect((await client.subscribersDeliveries('game')).data.data.deliveries).toEqual([]);
  expect((await client.subscribersDelete('game')).data.data.name).toBe('game');
  await checkpoint(wallet);
  const { checkpoints } = (await client.proofsList({ limit: 1 })).data.data;
  expect(checkpoints).toMatchObject([{ number: '1' }]);
  const proof = (await client.proofsGet(transactionId)).data.data;
  expect(await verifyProof(proof, await wallet.app.signer.publicKey())).toMatchObject({ valid: true });
  expect((await client.proofsConsistency('1', { since: '1' })).data.data.proof).toEqual([]);
  const period = { from: '2024-02-01T00:00:00Z', to: new Date().toISOString(), assetCode: 'GIFT' };
  expect((await client.adminStatement(period)).data.data.assets[0]?.opening).toBe('0');
  expect((await client.adminReconciliation()).data.data.discrepancies).toEqual([]);
});

test('every endpoint has answered it', () => {
  const rows = routeList.map(({ method, path: route }) => `${method} ${route.replace(/\{(\w+)\}/g, ':$1')}`);
  expect([...called].sort()).toEqual(rows.sort());
});

test('a refusal rejects with its status and code', async () => {
  const refused = await refusal(client.adminGetAccount('nobody'));
  expect([refused.status, refused.error.error.code]).toEqual([404, 'USER_NOT_FOUND']);
});

describe('a path parameter cannot change the path', () => {
  const asked: string[] = [];
  const { api } = new Api({
    baseUrl: 'http://wallet',
    customFetch: async (url) => {
      asked.push(new URL(String(url)).pathname);
      return Response.json({});
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
  ])('%j', async (value) => {
    asked.length = 0;
    await api.walletBalance(value);
    await api.holdsCapture(value, {});
    expect(asked.map((path) => path.split('/').map(decodeURIComponent))).toEqual([
      ['', 'api', 'balance', value],
      ['', 'api', 'holds', value, 'capture'],
    ]);
  });

  test.each(['', '.', '..'])('%j, which no URL can hold, is refused before anything is sent', (value) => {
    asked.length = 0;
    expect(() => api.walletBalance(value)).toThrow(`"${value}" cannot be a path parameter`);
    expect(asked).toEqual([]);
  });

  test('in any operation', async () => {
    const source = await readFile('generated/wallet-client.ts', 'utf8');
    const parameters = [...source.matchAll(/ path: `([^`]*)`/g)].flatMap(
      ([, route = '']) => route.match(/\$\{[^}]*\}/g) ?? [],
    );
    expect(parameters).toHaveLength(routeList.flatMap((row) => row.path.match(/\{/g) ?? []).length);
    expect(parameters.filter((parameter) => !/^\$\{segment\(\w+\)\}$/.test(parameter))).toEqual([]);
  });
});

test('its security worker brings the token to every operation but the public one', async () => {
  const brought: [string, string | null][] = [];
  const api = new Api<string>({
    baseUrl: 'http://wallet',
    securityWorker: (token) => ({ headers: { authorization: `Bearer ${token}` } }),
    customFetch: async (url, { headers } = {}) => {
      brought.push([new URL(String(url)).pathname, new Headers(headers).get('authorization')]);
      return Response.json({});
    },
  });
  api.setSecurityData('a-token');
  const calls: Record<string, (...values: never[]) => unknown> = { ...api.api, ...api.health };
  for (const { id } of routeList) {
    await calls[operationIdOf({ id })]?.('value' as never);
  }
  expect(brought.map(([path]) => path)).toEqual(
    routeList.map(({ path }) => path.replace(/\{\w+\}/, 'value')),
  );
  expect(brought.filter(([, token]) => token !== 'Bearer a-token')).toEqual([['/health', null]]);
});

test('the client is what openapi.json makes (npm run client writes it)', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'wallet-client-'));
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  const [, ...args] = scripts.client.replace('--output generated', `--output ${folder}`).split(' ');
  spawnSync('node_modules/.bin/swagger-typescript-api', args);
  const generated = await readFile(path.join(folder, 'wallet-client.ts'), 'utf8');
  await rm(folder, { recursive: true });
  expect(generated).toBe(await readFile('generated/wallet-client.ts', 'utf8'));
});
