import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listening } from '../support/gateway';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';

jest.setTimeout(120_000);

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let folder: string;
let file: string;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-import-'));
  file = path.join(folder, 'players.csv');
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await gateway.close();
  await wallet.close();
  rmSync(folder, { recursive: true });
});

/** The command on 12,000 rows, until the first are posted. */
async function importing(...options: string[]) {
  const rows = Array.from({ length: COUNT }, (_, row) => `many_${row},GOLD_COIN,${1 + (row % 9)}`);
  writeFileSync(file, ['userId,asset,amount', ...rows].join('\n'));
  const first = launch(...options);
  while ((await countPosted()) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return first;
}
const COUNT = 12_000;

function launch(...options: string[]) {
  const args = ['--import', 'tsx', 'cli/wallet.ts', '--url', gateway.url, ...options, 'import', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (texts.out += chunk));
  child.stderr.on('data', (chunk) => (texts.err += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code, ...texts }));
  return { child, ended };
}
const countPosted = async () =>
  (await wallet.sql("SELECT FROM journal WHERE kind = 'OPENING_BALANCE'")).length;

test('an import that was killed can run again, and posts nothing twice', async () => {
  const first = await importing();
  first.child.kill('SIGKILL');
  await first.ended;
  const before = await countPosted();
  expect(before).toBeLessThan(COUNT);
  const { code, out } = await launch().ended;
  expect(code).toBe(0);
  const [, imported = '', there = ''] =
    /^12,000 rows: ([0-9,]+) imported, ([0-9,]+) already there, 0 refused\n$/.exec(out) ?? [out];
  const [now = 0, earlier = 0] = [imported, there].map((text) => Number(text.replace(',', '')));
  // A batch on the way was posted after the kill.
  expect([now + earlier, earlier >= before]).toEqual([COUNT, true]);
  const [posted] = await wallet.sql(
    "SELECT count(*)::int AS count, sum(amount)::int AS sum FROM journal WHERE kind = 'OPENING_BALANCE'",
  );
  expect(posted).toEqual({
    count: COUNT,
    sum: Array.from({ length: COUNT }, (_, row) => 1 + (row % 9)).reduce((a, b) => a + b),
  });
  expect(readdirSync(folder)).toEqual(['players.csv']);
});

test('a second import is refused while one runs, and a stopped import says how far it came', async () => {
  const first = await importing();
  const second = await launch().ended;
  expect([second.code, second.err]).toEqual([
    2,
    expect.stringMatching(
      RegExp(
        `^another import of this file runs, in process ${first.child.pid}; if that is none, remove .*.lock\n$`,
      ),
    ),
  ]);
  first.child.kill('SIGINT');
  const { code, err } = await first.ended;
  expect([code, err]).toEqual([
    130,
    expect.stringMatching(/^[0-9,]+ rows are done; run it again, and it goes on from there\nstopped\n$/),
  ]);
  expect(existsSync(`${file}.lock`)).toBe(false);
  const again = await launch('--json').ended;
  expect(JSON.parse(again.out)).toMatchObject({ rows: COUNT, refused: 0, errors: null, dryRun: false });
});
