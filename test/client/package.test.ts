import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { transform } from 'esbuild';
import { installClient } from '../support/client-package';
import { listening } from '../support/gateway';
import { json, serve } from '../support/http-server';
import { openWallet, type TestWallet } from '../support/wallet';

const run = promisify(execFile);
const TSC = path.resolve('node_modules/.bin/tsc');
/** What the README's caller has installed beside the client. */
const BESIDE = ['@aws-sdk', '@smithy', '@types'];

/** Stops a command that hangs. */
jest.setTimeout(120_000);

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let project: string;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  project = await mkdtemp(path.join(tmpdir(), 'wallet-project-'));
  await installClient(project);
});
afterAll(async () => {
  await gateway.close();
  await wallet.close();
  await rm(project, { recursive: true });
});

const write = (name: string, text: string) => writeFile(path.join(project, name), text);
const node = async (name: string, env: Record<string, string> = {}) =>
  (await run(process.execPath, [name], { cwd: project, env: { ...process.env, ...env } })).stdout;
/** Rejects with what the compiler finds. */
const check = async (...args: string[]) => {
  await run(TSC, ['--noEmit', '--strict', '--target', 'es2022', ...args], { cwd: project }).catch(
    ({ stdout }) => {
      throw new Error(stdout);
    },
  );
};
const RESOLUTIONS: [name: string, flags: string[]][] = [
  ['node16', ['--module', 'node16']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
];

test('the package contains only its build, README and license, and depends on no other package', async () => {
  const folder = path.join(project, 'node_modules/@game-wallet/client');
  expect((await readdir(folder)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const { dependencies, exports } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  for (const file of Object.values(exports['.'])) {
    const text = await readFile(path.join(folder, String(file)), 'utf8');
    expect(text.match(/\bimport\b.* from |require\(|["']node:/g)).toBeNull();
  }
  expect((await readdir(path.join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(
    ['@game-wallet'],
  );
});

const USE = `
const wallet = new WalletClient({ baseUrl: process.env.WALLET });
wallet.balance('user_002', { assetCode: 'GOLD_COIN' }).then(async ({ balances }) => {
  const error = await wallet.accounts.get('nobody').catch((reason) => reason);
  console.log(balances[0].balance, error instanceof WalletError, error instanceof NotFoundError, error.code);
});
`;
test.each([
  [
    'an ES module',
    'use.mjs',
    `import { NotFoundError, WalletClient, WalletError } from '@game-wallet/client';`,
  ],
  [
    'CommonJS',
    'use.cjs',
    `const { NotFoundError, WalletClient, WalletError } = require('@game-wallet/client');`,
  ],
])('the package runs as %s', async (_, name, head) => {
  await write(name, head + USE);
  expect(await node(name, { WALLET: gateway.url })).toBe('100 true true USER_NOT_FOUND\n');
});

const TYPED = `
import type { ErrorCode, HistoryRow, TopupRequest } from '@game-wallet/client';
import { WalletClient, WalletError } from '@game-wallet/client';
type Used = number | HistoryRow[] | ErrorCode;
export async function use(wallet: WalletClient, request: TopupRequest): Promise<Used> {
  try {
    const rows: HistoryRow[] = [];
    for await (const row of wallet.history(request.userId)) rows.push(row);
    // @ts-expect-error: an amount is a number or a text
    await wallet.topup({ ...request, amount: true });
    return rows.length > 0 ? rows : (await wallet.topup(request)).newBalance;
  } catch (error) {
    if (error instanceof WalletError) return error.code;
    throw error;
  }
}
`;
test.each(RESOLUTIONS)(
  'the types of the package compile with module resolution %s',
  async (resolution, flags) => {
    await write('typed.mts', TYPED);
    await write('typed.cts', TYPED);
    const files = resolution === 'node16' ? ['typed.mts', 'typed.cts'] : ['typed.mts'];
    await check(...flags, '--types', '', '--lib', 'es2022,dom', ...files);
  },
);

describe('each example of the README', () => {
  let examples: string[];
  beforeAll(async () => {
    const readme = await readFile('client/README.md', 'utf8');
    examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
    for (const folder of BESIDE) {
      await symlink(path.resolve('node_modules', folder), path.join(project, 'node_modules', folder));
    }
  });

  /** As a module that runs; the service is at another address. */
  async function runnable(name: string, code: string, url: string): Promise<void> {
    const local = code.replace(/https?:\/\/(localhost:3000|wallet\.example)/g, url);
    await write(name, (await transform(local, { loader: 'ts', format: 'esm', target: 'es2022' })).code);
  }

  test.each(RESOLUTIONS)('compiles with module resolution %s', async (_, flags) => {
    const names = examples.map((_, index) => `example-${index}.mts`);
    await Promise.all(names.map((name, index) => write(name, examples[index] ?? '')));
    await check(...flags, '--types', 'node', '--skipLibCheck', ...names);
  });

  test('runs', async () => {
    const printed: string[] = [];
    for (const [index, code] of examples.entries()) {
      await runnable(`example-${index}.mjs`, code, gateway.url);
      printed.push(await node(`example-${index}.mjs`));
    }
    expect(printed[0]).toMatch(/^INSUFFICIENT_FUNDS \{.* available: 525\.1/);
    expect(printed[1]).toMatch(/^530\.1 200 [\w-]+ false /);
  });

  test('that signs its requests sends valid signatures', async () => {
    const server = await serve(json(201, { success: true, data: {} }));
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    const code = examples.find((example) => example.includes('SignatureV4')) ?? '';
    const call = `await wallet.accounts.put('a:b@c', { name: 'Ü' }); await wallet.history('ada', { limit: 2 })`;
    await runnable('signed.mjs', [code, call].join('\n'), server.url);
    await node('signed.mjs', keys);
    await server.close();

    const signer = new SignatureV4({
      service: 'execute-api',
      region: 'eu-central-1',
      credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY },
      sha256: Sha256,
    });
    expect(server.received).toHaveLength(2);
    for (const { method, url, headers, body } of server.received) {
      const { authorization = '' } = headers;
      const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
      const time = String(headers['x-amz-date']).replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
      const { pathname, searchParams, hostname } = new URL(url, server.url);
      const signed = await signer.sign(
        {
          method,
          protocol: 'http:',
          hostname,
          path: pathname,
          query: Object.fromEntries(searchParams),
          headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
          ...(body !== '' && { body }),
        },
        { signingDate: new Date(time) },
      );
      expect(signed.headers.authorization).toBe(authorization);
    }
  });
});
