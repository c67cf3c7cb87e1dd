import { execFile } from 'node:child_process';
import { WalletClient } from '../../client/src';
import { settled } from '../support/follower';
import { listening } from '../support/gateway';
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
});

test('explain shows both sides of a transaction, who it is about, and what it is about', async () => {
  const { transactionId } = await client.refund({ transactionId: bought, amount: 10, idempotencyKey: key() });
  const told = words((await run('explain', transactionId)).out);
  for (const part of ['type Refund', 'debit revenue', 'credit ann, 80.5 afterwards', bought]) {
    expect(told).toContain(part);
  }
});

test('grant, freeze and unfreeze act, with a reason; a dry run does not', async () => {
  const grant = ['grant', 'ann', 'GOLD_COIN', '2.5', '--reason', 'sorry'];
  expect((await run(...grant, '--dry-run')).code).toBe(0);
  const before = (await client.balance('ann')).balances[0]?.balance;
  expect((await run(...grant, '--key', 'ticket-9')).code).toBe(0);
  expect((await run(...grant, '--key', 'ticket-9')).code).toBe(0);
  expect((await client.balance('ann')).balances[0]?.balance).toBe((before ?? 0) + 2.5);
  expect(words((await run('freeze', 'ann', '--reason', 'fraud')).out)).toContain('ann Ann frozen');
  expect((await client.accounts.listActs('ann')).acts[0]).toMatchObject({ reason: 'fraud' });
  expect((await run('unfreeze', 'ann', '--reason', 'no fraud')).code).toBe(0);
});

test('a statement and events tell what moved', async () => {
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

test.each([
  ['a command that is unknown', ['pay'], 2, /unknown command/],
  ['an option that is missing', ['freeze', 'ann'], 2, /--reason/],
  ['a player who is unknown', ['balance', 'nobody'], 3, /^USER_NOT_FOUND: user nobody does not exist\n$/],
  ['a refusal', ['grant', 'ann', 'GOLD_COIN', '0.001', '--reason', 'x'], 1, /^AMOUNT_PRECISION: /],
  ['a field that is wrong', ['grant', 'ann', 'GOLD_COIN', 'ten', '--reason', 'x'], 1, /\n {2}amount must be/],
])('%s ends with its own code and says why', async (_, args, code, message) => {
  const result = await run(...args);
  expect([result.code, result.err]).toEqual([code, expect.stringMatching(message)]);
});

test('a service that does not answer ends with 5', async () => {
  const result = await run('--url', 'http://127.0.0.1:9', 'balance', 'ann');
  expect([result.code, result.err]).toEqual([5, expect.stringMatching(/^CONNECTION_FAILED: /)]);
});

test('help names every command', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const name of ['balance', 'history', 'explain', 'grant', 'freeze', 'statement', 'events', 'import']) {
    expect(out).toContain(name);
  }
});
