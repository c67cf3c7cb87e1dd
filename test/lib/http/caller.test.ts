import { type Route, routeList } from '../../../functions/routes';
import { callerOf } from '../../../lib/http/caller';
import { balanceOf, key, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

/** What each scope opens, as the wire contract says it, by what a route's row asks. */
const OPENS: Record<string, Route['scope'][]> = {
  'wallet:read': ['public', 'read'],
  'wallet:spend': ['public', 'read', 'spend', 'write'],
  'wallet:grant': ['public', 'read', 'grant', 'write'],
  'wallet:write': ['public', 'read', 'spend', 'grant', 'write'],
  'wallet:events': ['public', 'events'],
  'wallet:admin': ['public', 'read', 'spend', 'grant', 'write', 'events', 'admin'],
  'openid profile': ['public'],
  'WALLET:ADMIN wallet:administrator wallet:': ['public'],
  '': ['public'],
};

test('each route requires the scope that the contract says', () => {
  const asking = (scope: Route['scope']) =>
    routeList.filter((route) => route.scope === scope).map(({ id }) => id);
  expect(asking('grant')).toEqual(['wallet/topup', 'wallet/bonus', 'wallet/refund', 'wallet/reversal']);
  expect(asking('spend')).toEqual([
    'wallet/purchase',
    'wallet/transfer',
    'wallet/exchange',
    'holds/place',
    'holds/capture',
    'holds/void',
  ]);
  expect(asking('write')).toEqual(['wallet/batch', 'admin/open-accounts', 'admin/put-account']);
  expect(asking('admin')).toEqual([
    'wallet/adjustment',
    'admin/list-accounts',
    'admin/set-account-status',
    'admin/erase-account',
    'admin/list-acts',
    'admin/put-asset',
    'admin/statement',
    'subscribers/put',
    'subscribers/list',
    'subscribers/delete',
    'subscribers/replay',
    'subscribers/deliveries',
  ]);
  expect(asking('events')).toEqual(['events/list']);
  expect(asking('public')).toEqual(['system/health']);
  expect(routeList.filter(({ scope, method }) => scope === 'read' && method !== 'GET')).toEqual([]);
});

test.each(Object.entries(OPENS))(
  'a token of "%s" opens %j, and a refusal names the scopes that are enough',
  async (scopes, opened) => {
    for (const route of routeList) {
      const { status, body } = await wallet.call(route.id, {
        path: { userId: 'user_001' },
        body: '{',
        scopes,
      });
      const sufficient = Object.keys(OPENS).filter(
        (name) => OPENS[name]?.includes(route.scope) && /^wallet:\w+$/.test(name),
      );
      const expected = opened.includes(route.scope) ? [400, undefined] : [403, { scopes: sufficient }];
      expect([route.id, status, status === 403 ? body.error.details : undefined]).toEqual([
        route.id,
        ...expected,
      ]);
    }
  },
);

test('a batch needs the scopes of all its elements, and posts nothing without them', async () => {
  const element = (type: 'topup' | 'purchase') => ({
    type,
    userId: 'user_001',
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: key(),
  });
  const send = async (scopes: string, ...types: ('topup' | 'purchase')[]) => {
    const { status, body } = await wallet.call('wallet/batch', {
      body: { transactions: types.map(element) },
      scopes,
    });
    return [status, body.error?.details];
  };
  const before = await balanceOf(wallet, 'user_001', 'GOLD_COIN');
  const grant = ['wallet:grant', 'wallet:write', 'wallet:admin'];
  const spend = ['wallet:spend', 'wallet:write', 'wallet:admin'];
  expect(await send('wallet:spend', 'purchase', 'topup')).toEqual([403, { index: 1, scopes: grant }]);
  expect(await send('wallet:grant', 'purchase')).toEqual([403, { index: 0, scopes: spend }]);
  expect(await balanceOf(wallet, 'user_001', 'GOLD_COIN')).toBe(before);
  for (const scopes of ['wallet:spend wallet:grant', 'wallet:write', 'wallet:admin']) {
    expect(await send(scopes, 'purchase', 'topup')).toEqual([201, undefined]);
  }
});

test.each([
  ['nobody was asked', undefined, null, null],
  ['nobody was asked, on the local host', { authorizer: null }, null, null],
  [
    'a Lambda authorizer',
    { authorizer: { principalId: 'a', scopes: 'wallet:read x' } },
    'a',
    ['wallet:read', 'x'],
  ],
  ['an authorizer that says no scopes', { authorizer: { principalId: 'a' } }, 'a', []],
  [
    'a Lambda authorizer, payload 2.0',
    { authorizer: { lambda: { principalId: 'a', scopes: 'wallet:read' } } },
    'a',
    ['wallet:read'],
  ],
  [
    'a JWT authorizer, payload 2.0',
    { authorizer: { jwt: { claims: { sub: 'a', scope: 'wallet:read' } } } },
    'a',
    ['wallet:read'],
  ],
  [
    'an authorizer of Cognito',
    { authorizer: { claims: { sub: 'a', scope: 'wallet:read' } } },
    'a',
    ['wallet:read'],
  ],
  ['a request that IAM let through', { identity: { userArn: 'arn:role' } }, 'arn:role', null],
  [
    'a request that IAM let through, payload 2.0',
    { authorizer: { iam: { userArn: 'arn:role' } } },
    'arn:role',
    null,
  ],
])('the caller is read from the request context of %s', (_name, requestContext, principal, scopes) => {
  expect(callerOf(requestContext)).toEqual({ principal, scopes });
});
