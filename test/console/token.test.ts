import { claimsOf, hasEnded, lackOf } from '../../console/src/session/token';

const tokenOf = (claims: object) => `e.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

test('the console reads the subject, the scopes and the end of a token', () => {
  const claims = claimsOf(
    tokenOf({ sub: 'zoë', scope: 'openid wallet/wallet:grant', scp: ['wallet:read'], exp: 1 }),
  );
  expect(claims).toEqual({
    subject: 'zoë',
    scopes: ['openid', 'wallet:grant', 'wallet:read'],
    endsAt: new Date(1_000),
  });
  expect(hasEnded(claims)).toBe(true);
  expect([lackOf(claims, 'grant'), lackOf(claims, 'write'), lackOf(claims, 'admin')]).toEqual([
    undefined,
    undefined,
    expect.stringContaining('wallet:admin'),
  ]);
  expect(claimsOf(tokenOf({ client_id: 'backend' }))).toEqual({ subject: 'backend' });
});

test('when the console cannot read a token, it leaves the decision to the service', () => {
  for (const token of [undefined, 'opaque', 'a.b.c', '..']) {
    expect([claimsOf(token), lackOf(claimsOf(token), 'admin')]).toEqual([{}, undefined]);
  }
});
