import { createHmac, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { globalAgent } from 'node:https';
import { routeList } from '../../../functions/routes';
import { authorizer } from '../../../lib/http/authorizer';
import { AUDIENCE, type Issuer, startIssuer } from '../../support/issuer';
import { type Certificate, makeCertificate } from '../../support/tls';

const STAGE = 'arn:aws:execute-api:eu-central-1:000000000000:api/dev';
const HOUR = 3_600;
const now = () => Math.floor(Date.now() / 1_000);

let certificate: Certificate;
let issuer: Issuer;
let ask: (token: string, header?: string) => ReturnType<ReturnType<typeof authorizer>>;
beforeAll(async () => {
  certificate = await makeCertificate();
  globalAgent.options.ca = readFileSync(certificate.certFile);
  issuer = await startIssuer(certificate);
  const authorize = authorizer(routeList, { issuer: issuer.url, audiences: ['first', AUDIENCE] });
  ask = (token, header = `Bearer ${token}`) =>
    authorize({ type: 'TOKEN', authorizationToken: header, methodArn: `${STAGE}/POST/api/transactions/topup` });
});
afterAll(async () => {
  issuer.close();
  await certificate.remove();
});

const allowedTo = async (scope: unknown, claims: object = {}): Promise<string[]> => {
  const { policyDocument } = await ask(issuer.token({ scope, ...claims }));
  return policyDocument.Statement.flatMap((statement) =>
    statement.Effect === 'Allow' && 'Resource' in statement ? [statement.Resource ?? []].flat() : [],
  );
};
const methodsOf = (...scopes: string[]): string[] =>
  routeList
    .filter(({ scope }) => scopes.includes(scope))
    .map(({ method, path }) => `${STAGE}/${method}${path.replace(/\{\w+\}/g, '*')}`);

test.each([
  ['wallet:read', ['read']],
  ['wallet:write', ['write']],
  ['wallet:admin', ['admin']],
  ['openid wallet:read wallet:write', ['read', 'write']],
])('the scope "%s" allows the methods of %j, and no other', async (scope, scopes) => {
  expect(await allowedTo(scope)).toEqual(methodsOf(...scopes));
});

test('what is not allowed is denied by name, because the resource policy of a private API may allow what this one is silent about', async () => {
  const { policyDocument } = await ask(issuer.token({ scope: 'wallet:read' }));
  expect(policyDocument.Statement).toEqual([
    { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodsOf('read') },
    { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: methodsOf('write', 'admin') },
  ]);
});

test('scopes may come as scp, text or list', async () => {
  expect(await allowedTo(undefined, { scp: ['wallet:read', 'wallet:admin'] })).toEqual(methodsOf('read', 'admin'));
  expect(await allowedTo(undefined, { scp: 'wallet:read' })).toEqual(methodsOf('read'));
});

test.each([[''], ['wallet'], ['WALLET:READ'], ['wallet:readwrite'], ['wallet:']])(
  'without a scope of ours (%j) everything is denied',
  async (scope) => {
    const { policyDocument } = await ask(issuer.token({ scope }));
    const everything = methodsOf('read', 'write', 'admin');
    expect(policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: everything }]);
  },
);

test('no method of one scope is covered by the policy of another', () => {
  for (const { method, path, scope } of routeList.filter(({ scope }) => scope !== 'public')) {
    const request = `${STAGE}/${method}${path.replace(/\{\w+\}/g, 'x')}`;
    const covering = ['read', 'write', 'admin'].filter((other) =>
      methodsOf(other).some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(request)),
    );
    expect([request, covering]).toEqual([request, [scope]]);
  }
});

test('the principal is the subject, or the client of a token without one', async () => {
  expect((await ask(issuer.token())).principalId).toBe('backend');
  expect((await ask(issuer.token({ sub: undefined, client_id: 'machine' }))).principalId).toBe('machine');
});

test('an access token of Cognito names its audience as client_id', async () => {
  expect((await ask(issuer.token({ aud: undefined, token_use: 'access', client_id: AUDIENCE }))).principalId).toBe('backend');
});

describe('a token is refused', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  /** Signed with the public key as a shared secret: the oldest trick. */
  const confused = (token: string): string => {
    const [header = '', payload = ''] = token.split('.');
    const weak = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), alg: 'HS256' }),
    ).toString('base64url');
    return `${weak}.${payload}.${createHmac('sha256', 'public key').update(`${weak}.${payload}`).digest('base64url')}`;
  };
  const cases: [string, () => string, RegExp][] = [
    ['of another issuer', () => issuer.token({ iss: 'https://elsewhere.example' }), /Issuer not allowed/],
    ['for another audience', () => issuer.token({ aud: 'another' }), /another audience/],
    ['for no audience', () => issuer.token({ aud: undefined }), /another audience/],
    [
      'of Cognito for another client',
      () => issuer.token({ aud: undefined, token_use: 'access', client_id: 'another' }),
      /another audience/,
    ],
    [
      'of Cognito that says who somebody is, not what they may',
      () => issuer.token({ aud: undefined, token_use: 'id', client_id: AUDIENCE }),
      /another audience/,
    ],
    ['that has expired', () => issuer.token({ exp: now() - 1 }), /expired/],
    ['that never expires', () => issuer.token({ exp: undefined }), /no expiry/],
    ['that is not valid yet', () => issuer.token({ nbf: now() + HOUR }), /can't be used before/],
    ['that names nobody', () => issuer.token({ sub: undefined }), /names nobody/],
    ['signed by another key', () => issuer.token({}, {}, stranger), /Invalid signature/],
    ['without a signature', () => issuer.token({}, { alg: 'none' }).replace(/[^.]+$/, ''), /3 parts/],
    ['with the signature of a shared secret', () => confused(issuer.token()), /algorithm not allowed: HS256/],
    ['of another algorithm than its key', () => issuer.token({}, { alg: 'RS512' }), /algorithm not allowed: RS512/],
    ['whose payload was changed', () => issuer.token().replace(/\.[^.]+\./, (payload) => `${payload.slice(0, -2)}x.`), /Invalid/],
    ['that is none', () => 'nonsense', /3 parts/],
    ['that is empty', () => '', /Empty JWT/],
    // Last: the issuer is not asked again for a while.
    ['of an unknown key', () => issuer.token({}, { kid: 'two' }), /not found in the JWKS/],
  ];
  test.each(cases)('%s', async (_, token, reason) => {
    await expect(ask(token())).rejects.toMatchObject({
      message: 'Unauthorized',
      cause: { message: expect.stringMatching(reason) },
    });
  });

  test.each([[''], ['Basic abc'], ['Bearer'], ['Bearer a b']])('in the header %j', async (header) => {
    await expect(ask('', header)).rejects.toMatchObject({ message: 'Unauthorized' });
  });
});

test('the keys are fetched once for all of it, and once more for the unknown key', () => {
  expect(issuer.fetches()).toBe(2);
});

test('keys that cannot be fetched are a fault of the service, not of the token', async () => {
  issuer.failing = true;
  const fresh = authorizer(routeList, { issuer: issuer.url, audiences: [AUDIENCE] });
  const event = { type: 'TOKEN' as const, authorizationToken: `Bearer ${issuer.token()}`, methodArn: `${STAGE}/GET/api/assets` };
  await expect(fresh(event)).rejects.toThrow(/503/);
  issuer.failing = false;
  expect((await fresh(event)).principalId).toBe('backend');
});
