import { statSync } from 'node:fs';
import { InvalidRequestError, type WalletClient } from '../client/src/index.ts';
import { Progress } from '../lib/base/progress';
import { homeOf } from '../lib/ledger/home';
import { chunksOf, Errors, type Fault, type Imported, Kept, type Row } from './import-file';

const BATCH_ROWS = 1_000;
/** Batches that are sent at a time. */
const LANES = 2;
export interface ImportOptions {
  client: WalletClient;
  file: string;
  dryRun: boolean;
  /** Rows that are read, sorted and imported before the next ones are read. */
  chunkRows?: number;
}

/**
 * Opens the accounts of a CSV file and posts their opening balances. Each row is posted once, however often
 * the file is imported: its key is the column `key`, or made of what the row says. What was done is kept
 * beside the file until all of it is, so that an import that was cut off goes on from there.
 */
export async function importPlayers({
  client,
  file,
  dryRun,
  chunkRows = 100_000,
}: ImportOptions): Promise<Imported> {
  const size = statSync(file).size;
  const kept = new Kept(file, dryRun);
  const errors = new Errors(file, kept.state.errorBytes);
  const progress = new Progress('rows');
  for await (const { rows, faults, lines } of chunksOf(file, kept.state, chunkRows)) {
    const { rows: before, refused } = kept.state;
    const share = (rows.at(-1)?.bytes ?? size) / size;
    let done = before;
    await inLanes(rows, async (batch) => {
      faults.push(...(await importBatch(client, batch, dryRun)));
      done += batch.length;
      progress.show(done, (share * done) / (before + rows.length));
    });
    const errorBytes = errors.add(faults);
    kept.save({ rows: done, refused: refused + faults.length, lines, errorBytes });
  }
  progress.end();
  kept.forget();
  const { rows, refused } = kept.state;
  return { rows, refused };
}

/**
 * Sends rows in batches, several at a time. A batch has neighbours by home, the order of the database, so two
 * batches rarely touch the same rows or pages, for which one of them would be tried again: 3 of 4 tries were,
 * in the order of a file. The rows of one player stay in their order.
 */
async function inLanes(rows: Row[], send: (batch: Row[]) => Promise<void>): Promise<void> {
  const homes = new Map(rows.map((row) => [row, homeOf(row.fields.userId ?? '')]));
  const sorted = rows.toSorted((one, other) => (homes.get(one) ?? 0) - (homes.get(other) ?? 0));
  const batches = cut(sorted, BATCH_ROWS);
  await Promise.all(
    cut(batches, Math.ceil(batches.length / LANES)).map(async (lane) => {
      for (const batch of lane) {
        await send(batch);
      }
    }),
  );
}

function cut<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

/** Imports some rows; which of them are refused. */
async function importBatch(client: WalletClient, rows: Row[], dryRun: boolean): Promise<Fault[]> {
  const faults: Fault[] = [];
  // All accounts in one go: to open each with its balance takes twice as long. A dry run opens none.
  const opened = dryRun
    ? rows
    : await sendValid(rows, faults, (some) => client.accounts.open({ accounts: some.map(accountOf) }));
  await sendValid(opened, faults, async (some) => {
    const transactions = some.map((row) => ({ ...openingOf(row), openAccount: dryRun }));
    const { failures = [] } = await client.batch({ transactions, onError: 'skip', dryRun });
    for (const { index, code, message } of failures) {
      faults.push({ row: some[index] as Row, reason: `${code}: ${message}` });
    }
  });
  return faults;
}

function accountOf({ fields: { userId = '', name } }: Row) {
  return { userId, ...(name && { name }) };
}

/** Sends rows, without those that the service calls invalid; which were valid. */
async function sendValid(
  rows: Row[],
  faults: Fault[],
  send: (rows: Row[]) => Promise<unknown>,
): Promise<Row[]> {
  let left = rows;
  while (left.length > 0) {
    try {
      await send(left);
      return left;
    } catch (error) {
      const found = error instanceof InvalidRequestError ? faultsOf(error, left) : [];
      if (found.length === 0) {
        throw error;
      }
      faults.push(...found);
      const invalid = new Set(found.map(({ row }) => row));
      left = left.filter((row) => !invalid.has(row));
    }
  }
  return left;
}

/** What is wrong with which row. The path of a fault is the list, the place in it, and the field. */
function faultsOf({ details }: InvalidRequestError, rows: Row[]): Fault[] {
  const reasons = new Map<Row, string>();
  for (const { path, message } of (Array.isArray(details) ? details : []) as {
    path: string;
    message: string;
  }[]) {
    const [, index = '', ...field] = path.split('.');
    const row = /^[0-9]+$/.test(index) ? rows[Number(index)] : undefined;
    if (row !== undefined) {
      reasons.set(row, [reasons.get(row), `${field.join('.')} ${message}`].filter(Boolean).join('; '));
    }
  }
  return [...reasons].map(([row, reason]) => ({ row, reason }));
}

function openingOf({ fields }: Row) {
  const { userId = '', asset = '', amount = '', origin, source, expiresAt, key } = fields;
  const lot = { ...(origin && { origin }), ...(source && { source }), ...(expiresAt && { expiresAt }) };
  const made = ['opening', userId, asset, origin, source, expiresAt].join('/').replace(/\/+$/, '');
  const idempotencyKey = key || made;
  const posting = { userId, assetCode: asset, amount, idempotencyKey };
  // The service says what is wrong with an origin.
  return { type: 'opening' as const, ...posting, ...(lot as { origin?: 'paid' | 'free' }) };
}
