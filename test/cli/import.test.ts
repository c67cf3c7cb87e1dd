import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { PassingError, UsageError } from '../../cli/exit';
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
  await client.assets.put('GEM', JSON.parse(/-d '(.*)'/.exec(PAGE)?.[1] ?? ''));
  folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-import-'));
  file = path.join(folder, 'players.csv');
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
  rmSync(folder, { recursive: true });
});

const PAGE = readFileSync('docs/migration.md', 'utf8');
const HEADER = 'userId,name,asset,amount,origin,source,expiresAt,key';
const write = (...rows: string[]) => writeFileSync(file, [HEADER, ...rows, ''].join('\n'));
const run = (dryRun = false) => importPlayers({ client, file, dryRun });
const errors = (of = file) =>
  parse(readFileSync(`${of}.errors.csv`), { columns: true }) as Record<string, string>[];
const counts = (imported: number, there: number, refused: number) => ({
  rows: imported + there + refused,
  imported,
  there,
  refused,
  errors: refused === 0 ? null : expect.stringMatching(/errors\.csv$/),
});
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

test('an import opens accounts with names and balances with lots, once however often it runs', async () => {
  write(...ROWS);
  expect(await run()).toEqual(counts(3, 0, 0));
  expect(await openings()).toEqual(POSTED);
  expect((await client.accounts.get('ann')).name).toBe('Ann, the first');
  expect((await client.lots('bob')).lots).toMatchObject([{ origin: 'paid', source: 'shop-a', amount: 7 }]);
  expect(await run()).toEqual(counts(0, 3, 0));
  expect(await openings()).toEqual(POSTED);
});

/** Each has one row that is refused for it; some are refused because of a row before them. */
const BAD = [
  'cyd,,GOLD_COIN,-1,,,,',
  'dan,,NOTHING,1,,,,',
  `eve,${'x'.repeat(256)},GOLD_COIN,1,,,,`,
  'bob,,GEM,8,paid,shop-a,,old-system-77',
  'bad user,,GEM,8,,,,',
  'fay,no row',
];

test('a dry run decides each row as the import does, and changes nothing', async () => {
  write(...ROWS, ...BAD, ROWS[2] ?? '');
  expect(await run(true)).toEqual(counts(3, 1, 6));
  expect(await openings()).toEqual([]);
  expect((await client.accounts.list()).accounts.map(({ userId }) => userId)).not.toContain('ann');
  const reasons = (of: string) => errors(of).map(({ line, reason }) => [line, reason]);
  const foretold = reasons(`${file}.dry-run`);
  expect(await run()).toEqual(counts(3, 1, 6));
  expect(reasons(file)).toEqual(foretold);
  writeFileSync(`${file}.errors.csv`, 'of the import');
  expect(await run(true)).toEqual(counts(0, 4, 6));
  expect(reasons(`${file}.dry-run`)).toEqual(foretold);
  expect(readFileSync(`${file}.errors.csv`, 'utf8')).toBe('of the import');
});

test('the documentation page names each column of the file', () => {
  expect(HEADER.split(',').filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
});

test('a dry run finds a key that is repeated in another batch', async () => {
  const row = (amount: number) => `ann,,GOLD_COIN,${amount},,,,mine`;
  write(row(1), row(2), row(1));
  const dry = await importPlayers({ client, file, dryRun: true, chunkLines: 1 });
  expect(dry).toEqual(counts(1, 1, 1));
  expect(errors(`${file}.dry-run`)).toMatchObject([
    { line: '3', reason: expect.stringMatching(/^IDEMPOTENCY_KEY_REUSED: /) },
  ]);
  expect(await importPlayers({ client, file, dryRun: false, chunkLines: 1 })).toMatchObject({ refused: 1 });
});

test('each bad row is reported with its line and reason, and the other rows are imported', async () => {
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
  expect(await run()).toEqual(counts(2, 0, 6));
  const told = errors().map(({ line, reason, userId }) => [Number(line), reason?.split(':')[0], userId]);
  expect(told.sort(([one], [other]) => Number(one) - Number(other))).toEqual([
    [3, expect.stringMatching(/^userId must be 1 to 128 characters/), 'bad user'],
    [4, 'ASSET_NOT_FOUND', 'bob'],
    [5, 'AMOUNT_PRECISION', 'cyd'],
    [6, expect.stringMatching(/^name /), 'dan'],
    [7, expect.stringMatching(/^amount .*; origin /), 'eve'],
    [8, 'the line has 3 values, and the header 8 columns', ''],
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
  ['a missing column', 'userId,asset\nann,GOLD_COIN', /has no column amount; its columns are userId, name/],
  ['an unknown column', 'userId,asset,amount,level\nann,GOLD_COIN,1,2', /has an unknown column "level"/],
  ['a column twice', 'userId,asset,amount,asset\nann,GOLD_COIN,1,GEM', /has the column asset twice/],
  ['semicolons', 'userId;asset;amount\nann;GOLD_COIN;1', /must have commas between its values/],
  ['tabs', 'userId\tasset\tamount\nann\tGOLD_COIN\t1', /must have commas between its values/],
  ['nothing in it', '\n \n', /is empty: its first line must name the columns/],
  [
    'a quote in its header',
    'userId,"asset,amount\nann,GOLD_COIN,1',
    /a header that is no CSV: a quote opens/,
  ],
])('a file with %s is refused as a whole', async (_, text, fault) => {
  writeFileSync(file, text);
  await expect(run()).rejects.toThrow(fault);
  await expect(run()).rejects.toThrow(UsageError);
});

test('a file that is not UTF-8 or cannot be read is refused as a whole, and the error says why', async () => {
  const rows = [...ROWS, 'cyd,Zoë,GOLD_COIN,1,,,,', ''];
  writeFileSync(file, Buffer.from([HEADER, ...rows].join('\n'), 'latin1'));
  await expect(run()).rejects.toThrow('players.csv must be text in UTF-8; line 5 is not');
  expect(await openings()).toEqual([]);
  const of = (other: string) => importPlayers({ client, file: other, dryRun: false });
  await expect(of(`${file}x`)).rejects.toThrow('csvx cannot be read: there is no such file');
  await expect(of(folder)).rejects.toThrow('cannot be read: it is a folder');
});

test('a byte order mark, Windows line ends and empty lines change nothing', async () => {
  writeFileSync(file, `\uFEFF${[HEADER, '', ...ROWS.map((row) => ` ${row} `)].join('\r\n')}`);
  expect(await run()).toEqual(counts(3, 0, 0));
  expect(await openings()).toEqual(POSTED);
});

test('a malformed line spoils no other line, and its text is reported for correction', async () => {
  write('"ann,,GOLD_COIN,1,,,,', ROWS[2] ?? '', 'c"yd,,GOLD_COIN,3,,,,', '"dan"s,,GOLD_COIN,4,,,,');
  expect(await run()).toEqual(counts(1, 0, 3));
  expect(errors().map(({ line, reason, raw }) => [line, reason, raw])).toEqual([
    ['2', 'a quote opens in this line and does not close in it', '"ann,,GOLD_COIN,1,,,,'],
    ['4', expect.stringMatching(/^a value with a quote in it/), 'c"yd,,GOLD_COIN,3,,,,'],
    ['5', expect.stringMatching(/^a value with a quote in it/), '"dan"s,,GOLD_COIN,4,,,,'],
  ]);
  expect(await openings()).toEqual([POSTED[2]]);
});

test('an import that cannot reach the service leaves the files of an earlier import unchanged', async () => {
  write(...ROWS);
  writeFileSync(`${file}.errors.csv`, 'of before');
  const away = new WalletClient({ baseUrl: 'http://127.0.0.1:9', attempts: 1 });
  await expect(importPlayers({ client: away, file, dryRun: false })).rejects.toThrow('there was no answer');
  expect(readdirSync(folder).sort()).toEqual(['players.csv', 'players.csv.errors.csv']);
  expect(readFileSync(`${file}.errors.csv`, 'utf8')).toBe('of before');
  await run();
  expect(readdirSync(folder)).toEqual(['players.csv']);
});

test('an import that cannot write a file says so in one line', async () => {
  write(...ROWS, 'bob,,NOTHING,1,,,,');
  mkdirSync(`${file}.errors.csv`);
  await expect(run()).rejects.toThrow(`${file}.errors.csv cannot be written: it is a folder`);
  await expect(run()).rejects.toThrow(PassingError);
});

test('a batch that takes too long is sent in halves', async () => {
  write(...Array.from({ length: 1_000 }, (_, row) => `many_${row},,GOLD_COIN,1,,,,`));
  const sizes: number[] = [];
  const slow = new WalletClient({
    baseUrl: gateway.url,
    attempts: 1,
    fetch: async (url, init) => {
      const { transactions = [] } = JSON.parse(String(init?.body ?? '{}'));
      sizes.push(transactions.length);
      const error = { code: 'DATABASE_UNAVAILABLE', message: 'too long', retryable: true };
      return transactions.length > 300
        ? Response.json({ success: false, error }, { status: 503 })
        : fetch(url, init);
    },
  });
  expect(await importPlayers({ client: slow, file, dryRun: false })).toEqual(counts(1_000, 0, 0));
  expect(sizes.filter((size) => size > 0)).toEqual([1_000, 500, 250, 250, 500, 250, 250]);
});

test('an import that was cut off goes on where it stopped, and reports each bad row once', async () => {
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
  const cutOff = importPlayers({ client: failing, file, dryRun: false, chunkLines: 4 });
  await expect(cutOff).rejects.toThrow('cut off');
  const told = errors().length;
  expect(told).toBeGreaterThan(0);
  // As a kill between the two files leaves them.
  appendFileSync(`${file}.errors.csv`, '19,"cut');
  sent.length = 0;
  const report = await importPlayers({ client: failing, file, dryRun: false, chunkLines: 4 });
  expect(report).toMatchObject({ rows: 20, refused: 8 });
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
