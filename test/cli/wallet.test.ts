import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { WalletClient } from '../../client/src';
import { settled } from '../support/follower';
import { listening } from '../support/gateway';
import { json, refuse, serve } from '../support/http-server';
import { key, openWallet, type TestWallet } from '../support/wallet';

jest.setTimeout(120_000);

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let client: WalletClient;
let bought: string;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  client = new WalletClient({ baseUrl: gateway.url });
  await client.accounts.put('ann', { name: 'Ann' });
  const coins = { userId: 'ann', assetCode: 'GOLD_COIN' };
  await client.topup({ ...coins, amount: '100.50', idempotencyKey: key() });
  bought = (await client.purchase({ ...coins, amount: 30, metadata: { itemName: 'Shield' } })).transactionId;
});
afterAll(async () => {
  await gateway.close();
  await wallet.close();
});

/** The command as a script runs it. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, WALLET_URL: gateway.url };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'cli/wallet.ts', ...args],
      { env },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
/** What a table says, without its lines. */
const words = (text: string) => text.replace(/[^\w.:{}", -]+/g, ' ').replace(/ +/g, ' ');

test('a balance and a history are tables for people, and JSON for scripts', async () => {
  const table = await run('balance', 'ann');
  expect([table.code, words(table.out)]).toEqual([0, expect.stringContaining('GOLD_COIN 70.5 0 70.5')]);
  const { out } = await run('--json', 'history', 'ann', '--asset', 'GOLD_COIN', '--limit', '1');
  expect(JSON.parse(out).transactions).toMatchObject([{ id: bought, amount: 30 }]);
  expect(words((await run('history', 'ann')).out)).toContain('PURCHASE GOLD_COIN debit 30 70.5');
  const bounds = [
    '--all',
    '--type',
    'PURCHASE',
    '--from',
    '2020-01-01T00:00:00Z',
    '--to',
    '2120-01-01T00:00:00Z',
  ];
  const all = JSON.parse((await run('--json', 'history', 'ann', ...bounds)).out).transactions;
  expect(all.map(({ id }: { id: string }) => id)).toEqual([bought]);
  const until = await run('--json', 'history', 'ann', '--to', '2020-01-01T00:00:00Z');
  expect(JSON.parse(until.out).transactions).toEqual([]);
});

test('explain shows both sides of a transaction, its player and its related transaction', async () => {
  const { transactionId } = await client.refund({ transactionId: bought, amount: 10, idempotencyKey: key() });
  const told = words((await run('explain', transactionId)).out);
  for (const part of ['type Refund', 'debit revenue ', 'credit ann, 80.5 afterwards', bought]) {
    expect(told).toContain(part);
  }
  // The balance of a system account would be that of a slice.
  expect(told).not.toMatch(/revenue, |runningBalance/);
});

test('grant, freeze and unfreeze act with a reason, and a dry run changes nothing', async () => {
  const grant = ['grant', 'ann', 'GOLD_COIN', '2.5', '--reason', 'sorry'];
  expect((await run(...grant, '--dry-run')).code).toBe(0);
  const before = (await client.balance('ann')).balances[0]?.balance;
  for (const replayed of [false, true]) {
    const { out } = await run('--json', ...grant, '--key', 'ticket-9');
    expect(JSON.parse(out)).toMatchObject({ amount: 2.5, replayed });
  }
  expect((await client.balance('ann')).balances[0]?.balance).toBe((before ?? 0) + 2.5);
  expect(words((await run('freeze', 'ann', '--reason', 'fraud')).out)).toContain('ann Ann frozen');
  expect((await client.accounts.listActs('ann')).acts[0]).toMatchObject({ reason: 'fraud' });
  expect((await run('unfreeze', 'ann', '--reason', 'no fraud')).code).toBe(0);
});

test('the commands statement and events show what moved', async () => {
  const period = ['--from', '2020-01-01T00:00:00Z', '--to', '2120-01-01T00:00:00Z'];
  expect(words((await run('statement', ...period, '--asset', 'GOLD_COIN')).out)).toContain(
    'GOLD_COIN PURCHASE',
  );
  await settled(wallet);
  const { out } = await run('events', '--type', 'wallet.transaction.posted');
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ id }) => id)).toContain(bought);
});

test('following events goes on after the service was away, until Ctrl-C', async () => {
  let isAway = true;
  const events = [{ type: 'wallet.account.opened', id: 'e-1' }];
  const data = { events, nextCursor: '1'.repeat(80) };
  const server = await serve((response, request) => {
    const isFirst = !request.url.includes('after=');
    const answer = isAway ? refuse(503, 'DATABASE_UNAVAILABLE', true) : json(200, { success: true, data });
    // The next page waits.
    return (isAway || isFirst) && answer(response, request);
  });
  const args = ['--import', 'tsx', 'cli/wallet.ts', '--url', server.url, 'events', '--follow'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [told] = await once(child.stderr, 'data');
  expect(String(told)).toBe('DATABASE_UNAVAILABLE: refused; waits for the service\n');
  isAway = false;
  const [line] = await once(child.stdout, 'data');
  expect(JSON.parse(String(line))).toEqual(events[0]);
  child.kill('SIGINT');
  expect((await once(child, 'exit'))[1]).toBe('SIGINT');
  await server.close();
});

test.each([
  ['a command that is unknown', ['pay'], 2, /unknown command/],
  ['an option that is missing', ['freeze', 'ann'], 2, /--reason/],
  ['a player who is unknown', ['balance', 'nobody'], 3, /^USER_NOT_FOUND: user nobody does not exist\n$/],
  ['a refusal', ['grant', 'ann', 'GOLD_COIN', '0.001', '--reason', 'x'], 1, /^AMOUNT_PRECISION: /],
  ['a field that is wrong', ['grant', 'ann', 'GOLD_COIN', 'ten', '--reason', 'x'], 2, /\n {2}amount must be/],
  ['a reason that is empty', ['grant', 'ann', 'GOLD_COIN', '1', '--reason', ' '], 2, /must not be empty/],
  ['a player without a name', ['balance', ''], 2, /^"" names nothing\n$/],
  ['a limit that is no number', ['history', 'ann', '--limit', 'x'], 2, /must be a whole number/],
  ['an address without http', ['--url', 'localhost:3000', 'balance', 'ann'], 2, /^--url must be an address/],
  ['a file that is not there', ['import', 'none.csv'], 2, /^none\.csv cannot be read: there is no such file/],
  ['JSON of an unknown option', ['--json', 'balance', 'ann', '--x'], 2, /^\{"error":\{"code":"commander\./],
  ['JSON of a refusal', ['--json', 'balance', 'nobody'], 3, /^\{"error":\{"code":"USER_NOT_FOUND".*\}\}\n$/],
])('%s ends the command with its own exit code and says why', async (_, args, code, message) => {
  const result = await run(...args);
  expect([result.code, result.err]).toEqual([code, expect.stringMatching(message)]);
});

test('the command ends with exit code 5 when the service does not answer', async () => {
  const result = await run('--url', 'http://127.0.0.1:9', 'balance', 'ann');
  expect([result.code, result.err]).toEqual([
    5,
    expect.stringMatching(
      /^CONNECTION_FAILED: there was no answer from http:\/\/127\.0\.0\.1:9: (bad port|connect ECONNREFUSED .*)\n$/,
    ),
  ]);
});

test('help names every command', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const name of ['balance', 'history', 'explain', 'grant', 'freeze', 'statement', 'events', 'import']) {
    expect(out).toContain(name);
  }
});
