import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../../lib/app/config';
import { consoleConfig } from '../../../lib/app/console';
import { serveConsole } from '../../../lib/http/console';
import { toEvent } from '../../../lib/http/gateway-event';

const folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-console-'));
mkdirSync(path.join(folder, 'assets'));
writeFileSync(path.join(folder, 'index.html'), '<base href="%BASE%"><script nonce="%NONCE%"></script>');
writeFileSync(path.join(folder, 'assets/index-Ab_1-2.js'), 'start()');
writeFileSync(path.join(folder, 'secret.js'), 'secret');
afterAll(() => rmSync(folder, { recursive: true }));

const key = { CHECKPOINT_KEY_FILE: path.join(folder, 'checkpoints.key') };
const OIDC = {
  AUTH: 'jwt',
  JWT_ISSUER: 'https://issuer.example/pool',
  JWT_AUDIENCE: 'game',
  CONSOLE_CLIENT_ID: 'console',
  CONSOLE_ORIGINS: 'https://sign-in.example',
};

/** What is answered at an address; `stage`: what API Gateway puts before it. */
function ask(url: string, settings: Record<string, string> = {}, stage = '') {
  const event = toEvent({
    method: 'GET',
    resource: '/console/{file+}',
    url,
    headers: {},
    pathParameters: {},
    body: undefined,
    sourceIp: '127.0.0.1',
  });
  const requestContext = { ...event.requestContext, path: `${stage}${event.path}` };
  return serveConsole(
    consoleConfig(readSettings({ ...key, ...settings })),
    folder,
  )({ ...event, requestContext });
}

test.each([
  '/console',
  '/console/',
  '/console/players/a.js',
  '/console/assets',
  '/console/assets/../secret.js',
])('%s returns the page with its base path', async (url) => {
  const { statusCode, headers, body } = await ask(url, {}, '/prod');
  expect([statusCode, headers?.['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(body).toContain('<base href="/prod/console/">');
});

test('the page’s policy allows its own files, and styles with a nonce that is new each time', async () => {
  const [one, other] = [await ask('/console'), await ask('/console')];
  const [, nonce] = /nonce="(.+?)"/.exec(one.body) ?? [];
  expect(one.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
      "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect(other.body).not.toContain(nonce);
});

test('the page may call the issuer and its token endpoint where people sign in at an issuer', async () => {
  const { headers } = await ask('/console', OIDC);
  expect(headers?.['content-security-policy']).toContain(
    "connect-src 'self' https://issuer.example https://sign-in.example;",
  );
});

test('a file has its type and is cached for a year, and a missing file gives 404', async () => {
  expect(await ask('/console/assets/index-Ab_1-2.js')).toMatchObject({
    statusCode: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
    body: 'start()',
  });
  const missing = await ask('/console/assets/index-old.js');
  expect([missing.statusCode, JSON.parse(missing.body).error.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
});

test.each([
  ['nobody need sign in', {}, 'none'],
  ['a token is pasted', { AUTH: 'local' }, 'token'],
  ['a token of an issuer is pasted', { ...OIDC, CONSOLE_CLIENT_ID: '' }, 'token'],
  [
    'the issuer gives a token',
    OIDC,
    { issuer: 'https://issuer.example/pool', clientId: 'console', scope: 'openid wallet:admin' },
  ],
])('the configuration says that %s, and which key signs the checkpoints', async (_, settings, signIn) => {
  const { headers, body } = await ask('/console/config.json', settings as Record<string, string>);
  expect(headers?.['content-type']).toBe('application/json; charset=utf-8');
  expect(JSON.parse(body)).toEqual({ signIn, publicKey: expect.stringMatching(/^-----BEGIN PUBLIC KEY/) });
});
