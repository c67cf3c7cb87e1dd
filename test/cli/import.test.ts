import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { importPlayers } from '../../cli/import';
import { WalletClient } from '../../client/src';
import { listening } from '../support/gateway';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';

jest.setTimeout(120_000);

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let client: WalletClient;
let folder: string;
let file: string;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  client = new WalletClient({ baseUrl: gateway.url });
  await client.assets.put('GEM', { name: 'Gems', scale: 2, lots: true });
  folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-import-'));
  file = path.join(folder, 'players.csv');
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
  rmSync(folder, { recursive: true });
});

const HEADER = 'userId,name,asset,amount,origin,source,expiresAt,key';
const write = (...rows: string[]) => writeFileSync(file, [HEADER, ...rows, ''].join('\n'));
const run = (dryRun = false) => importPlayers({ client, file, dryRun });
const errors = () => parse(readFileSync(`${file}.errors.csv`), { columns: true }) as Record<string, string>[];
const openings = async () =>
  (
    await wallet.sql(
      `SELECT a.handle, s.code, j.amount::text AS amount, j.idempotency_key AS key FROM journal j
       JOIN user_accounts a ON a.home = j.home AND a.id = j.credit_account_id
       JOIN asset_types s ON s.id = j.asset_type_id
       WHERE j.kind = 'OPENING_BALANCE' ORDER BY a.handle, s.code, j.amount`,
    )
  ).map(({ handle, code, amount, key }) => [handle, code, amount, key]);

const ROWS = [
  'ann,"Ann, the first",GOLD_COIN,100.50,,,,',
  'ann,,GEM,5,free,event,2124-01-01T00:00:00Z,',
  'bob,,GEM,7,paid,shop-a,,old-system-77',
];
const POSTED = [
  ['ann', 'GEM', '5.00', 'opening/ann/GEM/free/event/2124-01-01T00:00:00Z'],
  ['ann', 'GOLD_COIN', '100.50', 'opening/ann/GOLD_COIN'],
  ['bob', 'GEM', '7.00', 'old-system-77'],
];

test('accounts are opened with their names, and balances with their lots, once however often it runs', async () => {
  write(...ROWS);
  expect(await run()).toEqual({ rows: 3, refused: 0 });
  expect(await openings()).toEqual(POSTED);
  expect((await client.accounts.get('ann')).name).toBe('Ann, the first');
  expect((await client.lots('bob')).lots).toMatchObject([{ origin: 'paid', source: 'shop-a', amount: 7 }]);
  expect(await run()).toEqual({ rows: 3, refused: 0 });
  expect(await openings()).toEqual(POSTED);
});

test('a dry run decides each row and does nothing', async () => {
  write(...ROWS, 'cyd,,GOLD_COIN,-1,,,,', 'dan,,NOTHING,1,,,,');
  expect(await run(true)).toEqual({ rows: 5, refused: 2 });
  expect(await openings()).toEqual([]);
  expect((await client.accounts.list()).accounts.map(({ userId }) => userId)).not.toContain('ann');
  expect(await run()).toEqual({ rows: 5, refused: 2 });
});

test('each bad row is told with its line and why, and the others are imported', async () => {
  write(
    'ann,,GOLD_COIN,1,,,,',
    'bad user,,GOLD_COIN,1,,,,',
    'bob,,NOTHING,1,,,,',
    'cyd,,GOLD_COIN,1.001,,,,',
    `dan,${'x'.repeat(300)},GOLD_COIN,1,,,,`,
    'eve,,GOLD_COIN,one,gift,,,',
    'fay,GOLD_COIN,1',
    'gil,,GOLD_COIN,2,,,,',
  );
  expect(await run()).toEqual({ rows: 7, refused: 6 });
  const told = errors().map(({ line, reason, userId }) => [Number(line), reason?.split(':')[0], userId]);
  expect(told.sort(([one], [other]) => Number(one) - Number(other))).toEqual([
    [3, expect.stringMatching(/^userId must be 1 to 128 characters/), 'bad user'],
    [4, 'ASSET_NOT_FOUND', 'bob'],
    [5, 'AMOUNT_PRECISION', 'cyd'],
    [6, expect.stringMatching(/^name /), 'dan'],
    [7, expect.stringMatching(/^amount .*; origin /), 'eve'],
    [8, expect.stringMatching(/Invalid Record Length/), ''],
  ]);
  expect((await openings()).map(([userId]) => userId)).toEqual(['ann', 'gil']);
  // Mended, the file of errors is imported as it is.
  const mended = readFileSync(`${file}.errors.csv`, 'utf8').replace(',NOTHING,', ',GOLD_COIN,');
  file = path.join(folder, 'mended.csv');
  writeFileSync(file, mended);
  await run();
  expect((await openings()).map(([userId]) => userId)).toEqual(['ann', 'bob', 'gil']);
});

test.each([
  ['userId,asset', 'has no column amount'],
  ['userId,asset,amount,level', 'has an unknown column level'],
])('a file with the columns %s is refused whole', async (header, fault) => {
  writeFileSync(file, `${header}\nann,GOLD_COIN,1\n`);
  await expect(run()).rejects.toThrow(`the file ${fault}; its columns are userId, name, asset, amount`);
});

test('an import that was cut off goes on where it was, and tells each bad row once', async () => {
  const rows = Array.from({ length: 20 }, (_, row) =>
    row % 5 === 3 ? 'no row' : `some_${row},,${row % 5 === 1 ? 'NOTHING' : 'GOLD_COIN'},${row + 1},,,,`,
  );
  write(...rows);
  let calls = 0;
  const sent: string[] = [];
  const failing = new WalletClient({
    baseUrl: gateway.url,
    attempts: 1,
    fetch: (...call) => {
      calls += 1;
      sent.push(String(call[1]?.body ?? ''));
      return calls === 6 ? Promise.reject(new Error('cut off')) : fetch(...call);
    },
  });
  const cutOff = importPlayers({ client: failing, file, dryRun: false, chunkRows: 4 });
  await expect(cutOff).rejects.toThrow('cut off');
  const told = errors().length;
  expect(told).toBeGreaterThan(0);
  // As a kill between the two files leaves them.
  appendFileSync(`${file}.errors.csv`, '19,"cut');
  sent.length = 0;
  expect(await importPlayers({ client: failing, file, dryRun: false, chunkRows: 4 })).toEqual({
    rows: 16,
    refused: 8,
  });
  expect(sent.join()).not.toContain('some_0');
  const lines = errors().map(({ line }) => Number(line));
  expect(lines.sort((one, other) => one - other)).toEqual([3, 5, 8, 10, 13, 15, 18, 20]);
  expect((await openings()).map(([userId]) => userId).sort()).toEqual(
    rows
      .map((_, row) => `some_${row}`)
      .filter((_, row) => row % 5 !== 1 && row % 5 !== 3)
      .sort(),
  );
});

test('an import that was killed is run again, and posts nothing twice', async () => {
  const count = 12_000;
  write(...Array.from({ length: count }, (_, row) => `many_${row},,GOLD_COIN,${1 + (row % 9)},,,,`));
  const launch = () =>
    spawn(process.execPath, ['--import', 'tsx', 'cli/wallet.ts', '--url', gateway.url, 'import', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const first = launch();
  const countPosted = async () =>
    (await wallet.sql("SELECT FROM journal WHERE kind = 'OPENING_BALANCE'")).length;
  while ((await countPosted()) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await countPosted()).toBeLessThan(count);
  const second = launch();
  const chunks: string[] = [];
  second.stdout.on('data', (chunk) => chunks.push(String(chunk)));
  expect((await once(second, 'exit'))[0]).toBe(0);
  expect(chunks.join('')).toBe(`${count} rows are imported\n`);
  const [posted] = await wallet.sql(
    "SELECT count(*)::int AS count, sum(amount)::int AS sum FROM journal WHERE kind = 'OPENING_BALANCE'",
  );
  expect(posted).toEqual({
    count,
    sum: Array.from({ length: count }, (_, row) => 1 + (row % 9)).reduce((a, b) => a + b),
  });
  expect(existsSync(`${file}.progress.json`)).toBe(false);
});
