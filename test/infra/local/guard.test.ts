import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGateway } from '../../../infra/local/gateway';
import { openGuard } from '../../../infra/local/guard';
import { issueToken } from '../../../infra/local/issuer';
import { readSettings } from '../../../lib/app/config';
import { SCOPES } from '../../../lib/contract/scopes';
import { openWallet } from '../../support/wallet';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-guard-'));
});
afterAll(() => rm(folder, { recursive: true }));

const guardOf = (env: Record<string, string>) => openGuard(readSettings(env), folder);
const JWT = { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'game' };
const EVERYWHERE = ['0.0.0.0', '::', '192.168.1.5', 'wallet.example'];

test.each([
  [{ JWT_ISSUER: JWT.JWT_ISSUER }, 'JWT_ISSUER is set, but not AUTH=jwt'],
  [{ JWT_AUDIENCE: JWT.JWT_AUDIENCE }, 'JWT_AUDIENCE is set, but not AUTH=jwt'],
  [{ JWT_JWKS_URI: 'https://issuer.example/keys' }, 'JWT_JWKS_URI is set, but not AUTH=jwt'],
  [{ AUTH: 'local', ...JWT }, 'JWT_ISSUER is set, but not AUTH=jwt'],
  [{ AUTH: 'jwt' }, 'JWT_ISSUER must be set'],
  ...EVERYWHERE.map((LISTEN_HOST): [Record<string, string>, string] => [
    { LISTEN_HOST },
    'LISTEN_HOST lets other machines call',
  ]),
  // In a container: it listens to its network, and LISTEN is where its port is published.
  ...EVERYWHERE.map((LISTEN): [Record<string, string>, string] => [
    { LISTEN_HOST: '0.0.0.0', LISTEN },
    'LISTEN lets other machines call',
  ]),
])('settings that would open the service by mistake stop the start with one line: %j', async (env, line) => {
  await expect(guardOf(env as Record<string, string>)).rejects.toThrow(line);
});

test.each([
  [{}, 'none'],
  [{ LISTEN_HOST: '127.0.0.1' }, 'none'],
  [{ LISTEN_HOST: '::1' }, 'none'],
  [{ LISTEN_HOST: '0.0.0.0', LISTEN: '127.0.0.1' }, 'none'],
  [{ LISTEN_HOST: '0.0.0.0', AUTH: 'none' }, 'none'],
  [{ AUTH: 'none', ...JWT }, 'none'],
  [{ LISTEN_HOST: '0.0.0.0', AUTH: 'jwt', ...JWT }, 'jwt'],
  [{ LISTEN_HOST: '0.0.0.0', AUTH: 'local' }, 'local'],
])(
  'the service starts if its openness was chosen by name or only this machine can reach it: %j',
  async (env, auth) => {
    const guard = await guardOf(env as Record<string, string>);
    expect([guard.auth, guard.authorizer !== undefined]).toEqual([auth, auth !== 'none']);
  },
);

test('AUTH=local accepts only unexpired tokens of its own folder, and checks their scopes', async () => {
  const wallet = await openWallet();
  const logger = { http: () => undefined, error: () => undefined } as never;
  const { authorizer } = await guardOf({ AUTH: 'local' });
  const gateway = await createGateway({ corsOrigin: '*', authorizer, logger, load: wallet.load });
  const read = async (token: string) =>
    (await gateway.inject({ url: '/api/balance/user_001', headers: { authorization: `Bearer ${token}` } }))
      .statusCode;
  const good = await issueToken(folder, { scope: 'wallet:read', subject: 'matchmaking', days: 1 });
  expect(await read(good)).toBe(200);
  const post = {
    method: 'POST' as const,
    url: '/api/transactions/topup',
    headers: { authorization: `Bearer ${good}` },
  };
  expect((await gateway.inject({ ...post, payload: {} })).json().error).toMatchObject({
    code: 'FORBIDDEN',
    details: { scopes: ['wallet:grant', 'wallet:write', 'wallet:admin'] },
  });
  expect(await read(await issueToken(folder, { scope: 'wallet:read', subject: 'late', days: -1 }))).toBe(401);
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'game-wallet-other-'));
  expect(
    await read(await issueToken(elsewhere, { scope: 'wallet:read', subject: 'stranger', days: 1 })),
  ).toBe(401);
  await rm(elsewhere, { recursive: true });
  expect((await stat(path.join(folder, 'issuer.json'))).mode & 0o077).toBe(0);
  await gateway.close();
  await wallet.close();
});

test('tokens that are first issued at the same time all use one key', async () => {
  const fresh = await mkdtemp(path.join(tmpdir(), 'game-wallet-fresh-'));
  const issue = () => issueToken(fresh, { scope: 'wallet:read', subject: 'a', days: 1 });
  const tokens = await Promise.all(Array.from({ length: 8 }, issue));
  const { authorizer } = await openGuard(readSettings({ AUTH: 'local' }), fresh);
  for (const token of tokens) {
    const answer = await authorizer?.({
      type: 'TOKEN',
      authorizationToken: `Bearer ${token}`,
      methodArn: 'arn:x/dev/GET/y',
    });
    expect(answer?.principalId).toBe('a');
  }
  await rm(fresh, { recursive: true });
});

describe('npm run token', () => {
  const run = (...args: string[]) => {
    const tsx = require.resolve('tsx');
    const script = path.resolve('infra/local/token.ts');
    const ended = spawnSync(process.execPath, ['--import', tsx, script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: ended.status, printed: ended.stdout + ended.stderr };
  };

  test('prints only a token', () => {
    const { code, printed } = run(
      '--scope',
      'wallet:read,wallet:spend',
      '--subject',
      'matchmaking',
      '--days',
      '30',
    );
    expect([code, printed.trim().split('.').length]).toEqual([0, 3]);
    const payload = JSON.parse(Buffer.from(printed.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ sub: 'matchmaking', scope: 'wallet:read wallet:spend' });
    expect(payload.exp - payload.iat).toBe(30 * 86_400);
  });

  test('accepts every scope that opens a route, and lists the scopes in its help', () => {
    const scopes = [...new Set(Object.values(SCOPES).flat())];
    expect(run('--scope', scopes.join()).code).toBe(0);
    const { code, printed } = run('--help');
    expect([code, scopes.filter((scope) => !printed.includes(scope))]).toEqual([0, []]);
  });

  test.each([
    [[], '--scope is required'],
    [['--scope', 'wallet:everything'], 'wallet:everything is not a scope'],
    [['--scope', 'wallet:read', '--days', '0'], '--days must be a whole number from 1 to 3650'],
    [['--scope', 'wallet:read', '--forever'], "Unknown option '--forever'"],
  ])('prints what is wrong with %j and how to use it', (args, line) => {
    const { code, printed } = run(...args);
    expect([code, printed.split('\n')[0], printed.includes('usage: npm run token')]).toEqual([
      1,
      expect.stringContaining(line),
      true,
    ]);
  });
});
