import type { RouteId } from '../../functions/routes';
import { FIRST_CURSOR } from '../../lib/contract/events';
import type { Examples } from '../../lib/contract/openapi';
import type { Reply, Request } from './wallet';

// biome-ignore lint/suspicious/noExplicitAny: data of earlier replies, whatever they hold.
type Told = Record<string, any>;

const USER = { userId: 'user_001' };
const posting = (amount: number, key: string, metadata?: object) => ({
  ...USER,
  assetCode: 'GOLD_COIN',
  amount,
  idempotencyKey: key,
  ...(metadata && { metadata }),
});

/**
 * One request per operation, in an order in which each passes on the seed data; later ones name what earlier
 * ones were told.
 */
const REQUESTS: Record<RouteId, (told: Told) => Request> = {
  'system/health': () => ({}),
  'events/list': () => ({ query: { limit: '3' } }),
  'subscribers/put': () => ({
    path: { name: 'game-backend' },
    body: { kind: 'webhook', url: 'https://game.example/wallet-events' },
  }),
  'subscribers/list': () => ({}),
  'subscribers/deliveries': () => ({ path: { name: 'game-backend' } }),
  'subscribers/replay': () => ({ path: { name: 'game-backend' }, body: { after: FIRST_CURSOR } }),
  'subscribers/delete': () => ({ path: { name: 'game-backend' } }),
  'admin/put-account': () => ({ path: { userId: 'user_003' }, body: { name: 'Ada' } }),
  'admin/get-account': () => ({ path: { userId: 'user_003' } }),
  'admin/set-account-status': () => ({
    path: { userId: 'user_003' },
    body: { status: 'frozen', reason: 'chargeback under review' },
  }),
  'admin/list-acts': () => ({ path: { userId: 'user_003' } }),
  'admin/put-asset': () => ({
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  }),
  'admin/list-assets': () => ({}),
  'wallet/topup': () => ({ body: posting(100, 'topup-1') }),
  'wallet/bonus': () => ({
    body: { ...posting(50, 'bonus-1', { reason: 'Daily login' }), assetCode: 'GIFT' },
  }),
  'wallet/purchase': () => ({ body: posting(25, 'purchase-1', { itemName: 'Epic Shield' }) }),
  'wallet/transfer': () => ({
    body: {
      fromUserId: 'user_001',
      toUserId: 'user_002',
      assetCode: 'GIFT',
      amount: 5,
      idempotencyKey: 'transfer-1',
    },
  }),
  'wallet/refund': (told) => ({
    body: { transactionId: told['wallet/purchase'].transactionId, amount: 10, idempotencyKey: 'refund-1' },
  }),
  'wallet/reversal': (told) => ({
    body: {
      transactionId: told['wallet/topup'].transactionId,
      reason: 'chargeback',
      idempotencyKey: 'reversal-1',
    },
  }),
  'wallet/adjustment': () => ({
    body: { ...posting(2, 'adjustment-1'), direction: 'credit', reason: 'support ticket 4711' },
  }),
  'wallet/exchange': () => ({
    body: {
      ...USER,
      from: { assetCode: 'GOLD_COIN', amount: 100 },
      to: { assetCode: 'DIAMOND', amount: 5 },
      idempotencyKey: 'exchange-1',
    },
  }),
  'wallet/batch': () => ({
    body: {
      transactions: [
        { type: 'topup', ...posting(10, 'batch-1-a') },
        { type: 'purchase', ...posting(3, 'batch-1-b', { itemName: 'Potion' }) },
      ],
    },
  }),
  'wallet/balance': () => ({ path: USER }),
  'wallet/lots': () => ({ path: { userId: 'user_003' } }),
  'wallet/history': () => ({ path: USER, query: { limit: '2' } }),
  'holds/place': () => ({ body: { ...posting(40, 'hold-1'), expiresInSeconds: 600 } }),
  'holds/list': () => ({ path: USER, query: { status: 'active' } }),
  'holds/get': (told) => ({ path: { holdId: told['holds/place'].holdId } }),
  'holds/capture': (told) => ({
    path: { holdId: told['holds/place'].holdId },
    body: { amount: 30, idempotencyKey: 'capture-1' },
  }),
  'holds/void': (told) => ({ path: { holdId: told.spare.holdId } }),
  'admin/get-transaction': (told) => ({ path: { transactionId: told['wallet/purchase'].transactionId } }),
  'admin/find-claim': () => ({ query: { idempotencyKey: 'purchase-1' } }),
  'admin/get-group': (told) => ({ path: { groupId: told['wallet/exchange'].groupId } }),
  'admin/open-accounts': () => ({
    body: { accounts: [{ userId: 'user_004', name: 'Grace' }, { userId: 'user_003' }] },
  }),
  'admin/list-accounts': () => ({ query: { prefix: 'user_', limit: '2' } }),
  'admin/erase-account': () => ({
    path: { userId: 'user_004' },
    body: { reason: 'asked for on 2024-02-15, ticket 4712', idempotencyKey: 'erase-1' },
  }),
  'admin/trial-balance': () => ({}),
  'proofs/list': () => ({ query: { limit: '1' } }),
  'proofs/get': (told) => ({ path: { transactionId: told['wallet/topup'].transactionId } }),
  'proofs/consistency': () => ({ path: { number: '2' }, query: { since: '1' } }),
  'admin/statement': () => ({
    query: { from: '2024-02-01T00:00:00Z', to: '2124-03-01T00:00:00Z', assetCode: 'GEM' },
  }),
  'admin/reconciliation': () => ({}),
};

/** Two lots of an asset that keeps them, so that there is something to list. */
async function creditLots(call: (id: RouteId, request: Request) => Promise<Reply>): Promise<void> {
  await call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true },
  });
  const gems = { userId: 'user_003', assetCode: 'GEM' };
  const bought = { amount: 100, source: 'shop-a', cost: { amount: 9.99, currency: 'EUR' } };
  await call('wallet/topup', { body: { ...gems, ...bought, idempotencyKey: 'gems-1' } });
  const given = { amount: 50, expiresInSeconds: 86_400, idempotencyKey: 'gems-2' };
  await call('wallet/bonus', { body: { ...gems, ...given } });
}

/** Sends every request and keeps what came back, with ids and times made equal from run to run. */
export async function recordExamples(
  call: (id: RouteId, request: Request) => Promise<Reply>,
  checkpoint: () => Promise<void>,
): Promise<Examples> {
  const told: Told = {};
  const examples: Examples = {};
  const ids = new Map<string, string>();
  const steady = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value)
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[478][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
          const known = ids.get(id) ?? `019aaaaa-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
          ids.set(id, known);
          return known;
        })
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})Z/g, '2026-11-23T12:00:00.000Z')
        .replace(
          /"nextCursor":"(?![0-9a-f]{80}")[^"]+"/g,
          '"nextCursor":"MTc5NTQzNjQwMDAwMDAwMC4wMTlhYWFhYS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDE"',
        )
        .replace(
          /"[0-9a-f]{80}"/g,
          '"000000006745b3c000000000000002e6000304a6f3a1b2c0019aaaaa000070008000000000000001"',
        )
        .replace(/\b[0-9a-f]{128}\b/g, '5ee7'.repeat(32))
        .replace(/\b[0-9a-f]{64}\b/g, 'c0ffee00'.repeat(8))
        .replace(/(account\\":\\")\d{4,}/g, '$14711')
        .replace(/whsec_[^"]+/g, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=')
        .replace(/urn:wallet:\w+/g, 'urn:wallet:wallet')
        .replace(/"runningBalance":"[^"]+"/g, '"runningBalance":"-25.00"'),
    );
  for (const [id, make] of Object.entries(REQUESTS) as [RouteId, (told: Told) => Request][]) {
    if (id === 'wallet/lots') {
      await creditLots(call);
    }
    if (id === 'proofs/list') {
      await checkpoint();
      await checkpoint();
    }
    if (id === 'holds/void') {
      told.spare = (await call('holds/place', { body: posting(1, 'hold-2') })).body.data;
    }
    const request = make(told);
    const reply = await call(id, request);
    if (reply.status >= 300) {
      throw new Error(`${id}: ${JSON.stringify(reply.body)}`);
    }
    told[id] = reply.body.data;
    examples[id] = {
      ...(request.body !== undefined && { body: steady(request.body) }),
      reply: steady(reply.body),
    };
  }
  return examples;
}
