import type { APIGatewayProxyEvent } from 'aws-lambda';
import { FIRST_CURSOR } from '../lib/contract/events';
import { toEvent } from '../lib/http/gateway-event';
import { type Route, type RouteId, routes } from './routes';

/** What a request holds beside its method and path. */
interface Sample {
  path?: Record<string, string>;
  query?: string;
  body?: object;
}

const POSTING = { userId: 'player_1', assetCode: 'COIN_0', amount: 1 };
const NOTHING = '00000000-0000-7000-8000-000000000000';

/**
 * A valid request of each route, for what tries the functions one by one: the smoke test of a deployment, and
 * the benchmark of cold starts. What names NOTHING is refused, by the database.
 */
const samples: Record<RouteId, Sample> = {
  'wallet/topup': { body: POSTING },
  'wallet/bonus': { body: POSTING },
  'wallet/purchase': { body: POSTING },
  'wallet/transfer': {
    body: { fromUserId: 'player_1', toUserId: 'player_2', assetCode: 'COIN_0', amount: 1 },
  },
  'wallet/refund': { body: { transactionId: NOTHING } },
  'wallet/reversal': { body: { transactionId: NOTHING, reason: 'none' } },
  'wallet/adjustment': { body: { ...POSTING, direction: 'credit', reason: 'none' } },
  'wallet/exchange': {
    body: {
      userId: 'player_1',
      from: { assetCode: 'COIN_0', amount: 1 },
      to: { assetCode: 'COIN_1', amount: 1 },
    },
  },
  'wallet/batch': { body: { transactions: [{ type: 'topup', ...POSTING, idempotencyKey: 'cold batch' }] } },
  'holds/list': { path: { userId: 'player_1' } },
  'admin/find-claim': { query: 'idempotencyKey=none' },
  'admin/get-group': { path: { groupId: NOTHING } },
  'admin/list-accounts': {},
  'admin/open-accounts': { body: { accounts: [{ userId: 'player_1' }] } },
  'wallet/lots': { path: { userId: 'player_1' } },
  'wallet/balance': { path: { userId: 'player_1' } },
  'wallet/history': { path: { userId: 'player_1' } },
  'holds/place': { body: POSTING },
  'holds/capture': { path: { holdId: NOTHING }, body: {} },
  'holds/void': { path: { holdId: NOTHING } },
  'holds/get': { path: { holdId: NOTHING } },
  'admin/put-account': { path: { userId: 'player_1' }, body: {} },
  'admin/get-account': { path: { userId: 'player_1' } },
  'admin/erase-account': {
    path: { userId: 'player_1' },
    body: { reason: 'none', idempotencyKey: 'cold erasure' },
  },
  'admin/list-acts': { path: { userId: 'player_1' } },
  'admin/set-account-status': { path: { userId: 'player_1' }, body: { status: 'active' } },
  'admin/put-asset': { path: { assetCode: 'COIN_0' }, body: { name: 'Coin', scale: 2 } },
  'admin/list-assets': {},
  'admin/get-transaction': { path: { transactionId: NOTHING } },
  'admin/trial-balance': {},
  'admin/statement': { query: 'from=2024-02-01T00:00:00Z&to=2024-03-01T00:00:00Z' },
  'admin/reconciliation': {},
  'events/list': {},
  'proofs/list': {},
  'proofs/get': { path: { transactionId: NOTHING } },
  'proofs/consistency': { path: { number: '1' }, query: 'since=1' },
  'subscribers/put': {
    path: { name: 'none' },
    body: { kind: 'webhook', url: 'https://none.example' },
  },
  'subscribers/list': {},
  'subscribers/delete': { path: { name: 'none' } },
  'subscribers/replay': { path: { name: 'none' }, body: { after: FIRST_CURSOR } },
  'subscribers/deliveries': { path: { name: 'none' } },
  'system/health': {},
};

/** A route's sample as API Gateway hands it to the function. */
export function sampleEvent(
  id: RouteId,
  { dryRun, scopes, key }: { dryRun?: true; scopes?: string; key: string },
): APIGatewayProxyEvent {
  const route: Route = routes[id];
  const { path: pathParameters = {}, query, body } = samples[id];
  const takes = (field: string) => field in (route.body?.shape ?? {});
  const sent = {
    ...body,
    ...(takes('idempotencyKey') && { idempotencyKey: key }),
    ...(dryRun && { dryRun }),
  };
  const url = route.path.replace(/\{(\w+)\}/g, (_, name: string) => pathParameters[name] ?? '');
  return toEvent({
    method: route.method,
    resource: route.path,
    url: query === undefined ? url : `${url}?${query}`,
    headers: route.body ? { 'content-type': ['application/json'] } : {},
    pathParameters,
    body: route.body && Buffer.from(JSON.stringify(sent)),
    sourceIp: '127.0.0.1',
    authorizer: scopes === undefined ? undefined : { principalId: key, scopes },
  });
}

/**
 * A route's sample so that it changes nothing: as a dry run where there is one, and otherwise, unless it only
 * reads, by a caller that may not make it. Each answer but a server error is a good one.
 */
export function harmlessEvent(id: RouteId, key: string): APIGatewayProxyEvent {
  const route: Route = routes[id];
  const dry = 'dryRun' in (route.body?.shape ?? {});
  return sampleEvent(id, {
    ...(dry && { dryRun: true }),
    scopes: dry || route.method === 'GET' ? 'wallet:admin' : '',
    key,
  });
}
