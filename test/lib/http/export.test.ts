import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm';
import { exportTarget } from '../../../lib/app/export-target';
import type { ExportFormatName } from '../../../lib/base/export-formats';
import { monotonicMillis } from '../../../lib/base/time';
import type { WalletEvent } from '../../../lib/contract/events';
import { exportEvents, type Manifest } from '../../../lib/http/export';
import { EXPORT_FORMATS } from '../../../lib/http/export-formats';
import { startAwsQueues } from '../../support/aws-queues';
import { settled } from '../../support/follower';
import { key, openAccounts, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
let folder: string;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann');
  folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-export-'));
});
afterEach(async () => {
  await wallet.close();
  rmSync(folder, { recursive: true });
});

const topup = async (amount: string, more: object = {}): Promise<string> => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount, idempotencyKey: key(), ...more };
  return (await wallet.call('wallet/topup', { body })).body.data.transactionId;
};
const run = async (format: ExportFormatName, after?: string): Promise<Manifest> => {
  await settled(wallet);
  const call = { deadline: monotonicMillis() + 120_000, retries: [] };
  return exportEvents(wallet.app, { target: exportTarget(folder), format, after }, call);
};
const read = (name = '') => readFileSync(path.join(folder, name));
const lines = (name = '') =>
  gunzipSync(read(name))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const told = async (after?: string) => {
  const query = { limit: '1000', ...(after && { after }) };
  return (await wallet.call('events/list', { query })).body.data.events;
};

test('the files hold every event once, in order, and the manifest has their counts and digests', async () => {
  await topup('1.50');
  const first = await run('ndjson');
  await topup('2');
  const second = await run('ndjson');
  expect(second.files.slice(0, 1)).toEqual(first.files);
  expect(second.files.flatMap(({ name }) => lines(name))).toEqual(await told());
  for (const { name, rows, bytes, sha256, after, to } of second.files) {
    expect([lines(name).length, read(name).length]).toEqual([rows, bytes]);
    expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sha256);
    expect(name).toBe(`${after}-${to}.ndjson.gz`);
  }
  expect(second.files[1]?.after).toBe(first.cursor);
  expect(JSON.parse(read('manifest.json').toString())).toEqual(second);
  // Nothing new: no file, and the same manifest.
  expect(await run('ndjson')).toEqual(second);
});

test('an export begins after a cursor, and a later run may not change its beginning or format', async () => {
  await topup('1');
  await settled(wallet);
  const after = (await told()).at(-1).sequence;
  const id = await topup('2');
  const { files } = await run('ndjson', after);
  expect(lines(files[0]?.name).map((event) => event.id)).toEqual([id]);
  await expect(run('ndjson', '0'.repeat(80))).rejects.toThrow('an export that began elsewhere');
  await expect(run('csv')).rejects.toThrow(/there is an export of urn:wallet:.* as ndjson; this one is of/);
});

test('an export cut off before its manifest was written goes on after its last whole file', async () => {
  await topup('1');
  const first = await run('ndjson');
  await topup('2');
  const target = exportTarget(folder);
  const failing = {
    ...target,
    write: (name: string, content: Uint8Array) =>
      name === 'manifest.json' ? Promise.reject(new Error('the disk is full')) : target.write(name, content),
  };
  await settled(wallet);
  const call = { deadline: monotonicMillis() + 120_000, retries: [] };
  const cut = exportEvents(wallet.app, { target: failing, format: 'ndjson' }, call);
  await expect(cut).rejects.toThrow('the disk is full');
  const { files } = await run('ndjson');
  expect(files[0]).toEqual(first.files[0]);
  expect(files.flatMap(({ name }) => lines(name))).toEqual(await told());
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

const METADATA = { note: 'a "quoted", text\nof two lines' };
/** What a table says of the last transaction. */
const ROW = {
  kind: 'TOP_UP',
  asset: 'GOLD_COIN',
  amount: '1.5',
  debit_account: 'treasury',
  debit_balance: '-1.5',
  credit_account: 'ann',
  credit_balance: '1.5',
  group_id: null,
  metadata: JSON.stringify(METADATA),
};

test('a CSV export has a row for each transaction', async () => {
  const id = await topup('1.50', { metadata: METADATA });
  const { files } = await run('csv');
  const rows = parse(gunzipSync(read(files[0]?.name)), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(files[0]?.rows ?? 0);
  expect(rows.at(-1)).toMatchObject({ ...ROW, id, group_id: '' });
  const page = readFileSync('docs/migration.md', 'utf8');
  expect(Object.keys(rows[0] ?? {}).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('another implementation reads the same values from a Parquet export', async () => {
  const id = await topup('1.50', { metadata: METADATA });
  const { files } = await run('parquet');
  const table = tableFromIPC(readParquet(read(files[0]?.name)).intoIPCStream());
  expect(table.numRows).toBe(files[0]?.rows);
  expect(table.get(table.numRows - 1)?.toJSON()).toMatchObject({ ...ROW, id });
});

test('a file can be built from several pages', async () => {
  await topup('1.50');
  await topup('2');
  await settled(wallet);
  const pages = (await told())
    .filter(({ type }: { type: string }) => type === 'wallet.transaction.posted')
    .slice(-2)
    .map((event: WalletEvent) => [event]);
  const fileOf = async (format: ExportFormatName) => {
    const file = await EXPORT_FORMATS[format].open();
    for (const page of pages) {
      await file.add(page);
    }
    return file.end();
  };
  expect(
    gunzipSync(await fileOf('ndjson'))
      .toString()
      .match(/"wallet.transaction.posted"/g),
  ).toHaveLength(2);
  const rows = parse(gunzipSync(await fileOf('csv')), { columns: true }) as Record<string, string>[];
  expect(rows.map(({ amount }) => amount)).toEqual(['1.5', '2']);
  const table = tableFromIPC(readParquet(await fileOf('parquet')).intoIPCStream());
  expect(table.toArray().map((row) => row.toJSON().amount)).toEqual(['1.5', '2']);
});

test('an export to S3 writes its files and the manifest', async () => {
  const aws = await startAwsQueues();
  const before = { ...process.env };
  Object.assign(process.env, aws.environment);
  try {
    await topup('1');
    await settled(wallet);
    const call = { deadline: monotonicMillis() + 120_000, retries: [] };
    const options = { target: exportTarget('s3://exports/nightly'), format: 'csv' as const };
    const { files } = await exportEvents(wallet.app, options, call);
    expect([...aws.objects.keys()].sort()).toEqual(
      [`nightly/${files[0]?.name}`, 'nightly/manifest.json'].sort(),
    );
    expect((await exportEvents(wallet.app, options, call)).files).toEqual(files);
    aws.objects.delete(`nightly/${files[0]?.name}`);
    await expect(exportEvents(wallet.app, options, call)).rejects.toThrow(
      'is in manifest.json and not there',
    );
  } finally {
    process.env = before;
    aws.close();
  }
});

test.each([
  ['{"source": "another"}', /^manifest\.json is no manifest of an export: format: /],
  ['{"source": ', /^manifest\.json is no manifest of an export: .*JSON/],
])('an invalid manifest is not overwritten: %s', async (text, fault) => {
  writeFileSync(path.join(folder, 'manifest.json'), text);
  await expect(run('ndjson')).rejects.toThrow(fault);
  expect(read('manifest.json').toString()).toBe(text);
});

test('the next run notices a lost file, but the oldest files may be removed', async () => {
  await topup('1');
  await run('ndjson');
  await topup('2');
  await run('ndjson');
  await topup('3');
  const [first, second, third] = (await run('ndjson')).files.map(({ name }) => path.join(folder, name));
  renameSync(second ?? '', `${second}.lost`);
  const lost = `${path.basename(second ?? '')} is in manifest.json and not there`;
  await expect(run('ndjson')).rejects.toThrow(lost);
  rmSync(first ?? '');
  expect((await run('ndjson')).files).toHaveLength(3);
  rmSync(third ?? '');
  await expect(run('ndjson')).rejects.toThrow(/ is in manifest\.json and not there: put it back/);
});

test('an export makes its folder and those above it, and reports a folder that it cannot make', async () => {
  const place = path.join(folder, 'of', 'exports');
  await exportTarget(place).write('a', Buffer.from('a'));
  expect(readFileSync(path.join(place, 'a'), 'utf8')).toBe('a');
  writeFileSync(path.join(folder, 'file'), '');
  for (const wrong of [
    '/proc/nope',
    '/proc/nope/more',
    path.join(folder, 'file'),
    path.join(folder, 'file/more'),
  ]) {
    const writing = exportTarget(wrong).write('a', Buffer.from('a'));
    await expect(writing).rejects.toThrow(`${wrong} cannot be written to: `);
  }
});
