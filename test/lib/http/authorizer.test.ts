import { createHmac, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { globalAgent } from 'node:https';
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
  const authorize = authorizer({ issuer: issuer.url, audiences: ['first', AUDIENCE] });
  ask = (token, header = `Bearer ${token}`) =>
    authorize({
      type: 'TOKEN',
      authorizationToken: header,
      methodArn: `${STAGE}/POST/api/transactions/topup`,
    });
});
afterAll(async () => {
  issuer.close();
  await certificate.remove();
});

test('a token opens every method of the stage, and its scopes are passed to the handler', async () => {
  expect(await ask(issuer.token({ scope: 'openid wallet:read wallet:grant' }))).toEqual({
    principalId: 'backend',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${STAGE}/*` }],
    },
    context: { scopes: 'openid wallet:read wallet:grant' },
  });
});

test.each([
  ['wallet:read wallet:admin', { scope: undefined, scp: ['wallet:read', 'wallet:admin'] }],
  ['wallet:read', { scope: undefined, scp: 'wallet:read' }],
  ['', { scope: undefined }],
])('the scopes "%s" are read from a token with %j', async (scopes, claims) => {
  expect((await ask(issuer.token(claims))).context).toEqual({ scopes });
});

test('the principal is the token’s subject, or its client if it has no subject', async () => {
  expect((await ask(issuer.token())).principalId).toBe('backend');
  expect((await ask(issuer.token({ sub: undefined, client_id: 'machine' }))).principalId).toBe('machine');
});

test('an access token of Cognito names its audience as client_id', async () => {
  expect(
    (await ask(issuer.token({ aud: undefined, token_use: 'access', client_id: AUDIENCE }))).principalId,
  ).toBe('backend');
});

describe('the authorizer refuses a token', () => {
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
    [
      'of another algorithm than its key',
      () => issuer.token({}, { alg: 'RS512' }),
      /algorithm not allowed: RS512/,
    ],
    [
      'whose payload was changed',
      () => issuer.token().replace(/\.[^.]+\./, (payload) => `${payload.slice(0, -2)}x.`),
      /Invalid/,
    ],
    ['that is none', () => 'nonsense', /3 parts/],
    ['that is empty', () => '', /Empty JWT/],
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

test('the keys are fetched once for many tokens, and once more for an unknown key', async () => {
  const own = await startIssuer(certificate);
  const authorize = authorizer({ issuer: own.url, audiences: [AUDIENCE] });
  const send = (header: object) =>
    authorize({
      type: 'TOKEN',
      authorizationToken: `Bearer ${own.token({}, header)}`,
      methodArn: `${STAGE}/GET/api/assets`,
    });
  await Promise.all([send({}), send({}), send({})]);
  await send({});
  expect(own.fetches()).toBe(1);
  await expect(send({ kid: 'two' })).rejects.toThrow('Unauthorized');
  expect(own.fetches()).toBe(2);
  own.close();
});

test('keys that cannot be fetched are a fault of the service, not of the token', async () => {
  issuer.failing = true;
  const fresh = authorizer({ issuer: issuer.url, audiences: [AUDIENCE] });
  const event = {
    type: 'TOKEN' as const,
    authorizationToken: `Bearer ${issuer.token()}`,
    methodArn: `${STAGE}/GET/api/assets`,
  };
  await expect(fresh(event)).rejects.toThrow(/503/);
  issuer.failing = false;
  expect((await fresh(event)).principalId).toBe('backend');
});
