import type { WalletClient } from '../client/src/index.ts';
import { Progress } from '../lib/base/progress';
import { homeOf } from '../lib/ledger/home';
import { Errors, type Imported, Kept, Lock } from './beside';
import { CsvFile, type Row } from './csv-file';
import { Sending } from './import-batch';

const BATCH_ROWS = 1_000;
/** Batches that are sent at a time. */
const LANES = 2;

export interface ImportOptions {
  client: WalletClient;
  file: string;
  dryRun: boolean;
  /** Lines that are read, sorted and imported before the next ones are read. */
  chunkLines?: number;
  /** Ends the import, with its reason. */
  signal?: AbortSignal | undefined;
  /** Is told how many rows were done, when it ends before its end. */
  onStop?: ((done: number) => void) | undefined;
}

/** What became of the rows. `errors`: the file that has the refused ones. */
export interface ImportReport extends Imported {
  rows: number;
  errors: string | null;
}

/**
 * Opens the accounts of a CSV file and posts their opening balances. Each row is posted once, however often
 * the file is imported: its key is the column `key`, or made of what the row says. What was done is kept
 * beside the file until all of it is, so that an import that was cut off goes on from there.
 */
export async function importPlayers(options: ImportOptions): Promise<ImportReport> {
  const { file, dryRun } = options;
  const csv = await CsvFile.open(file);
  const beside = dryRun ? `${file}.dry-run` : file;
  const lock = new Lock(beside);
  try {
    const kept = new Kept(file, dryRun);
    const errors = new Errors(beside, kept.state.errorBytes);
    await importRows(csv, kept, errors, options);
    errors.end();
    kept.forget();
    const { imported, there, refused } = kept.state;
    const rows = imported + there + refused;
    return { rows, imported, there, refused, errors: refused === 0 ? null : errors.file };
  } finally {
    lock.release();
  }
}

async function importRows(
  csv: CsvFile,
  kept: Kept,
  errors: Errors,
  { client, dryRun, chunkLines = 100_000, signal, onStop }: ImportOptions,
): Promise<void> {
  const { imported, there, refused, lines: after } = kept.state;
  const sending = await Sending.start({ client, dryRun, signal }, { imported, there, refused });
  const progress = new Progress('rows');
  try {
    for await (const { rows, faults, lines } of csv.chunks(after, chunkLines)) {
      const before = sending.done;
      const start = kept.state.lines;
      sending.counts.refused += faults.length;
      await inLanes(rows, async (batch) => {
        faults.push(...(await sending.send(batch)));
        const share = (sending.done - before) / (rows.length + 1);
        progress.show(sending.done, (start + (lines - start) * share) / csv.lines);
      });
      kept.save({ ...sending.counts, lines, errorBytes: errors.add(faults) });
    }
    progress.end();
  } catch (error) {
    progress.end();
    onStop?.(sending.done);
    throw error;
  }
}

/**
 * Sends rows in batches, several at a time. A batch has neighbours by home, the order of the database, so two
 * batches rarely touch the same rows or pages, for which one of them would be tried again: 3 of 4 tries were,
 * in the order of a file. The rows of one player stay in their order. When a batch fails, those on the way are
 * waited for, and no other is sent.
 */
async function inLanes(rows: Row[], send: (batch: Row[]) => Promise<void>): Promise<void> {
  const homes = new Map(rows.map((row) => [row, homeOf(row.fields.userId ?? '')]));
  const sorted = rows.toSorted((one, other) => (homes.get(one) ?? 0) - (homes.get(other) ?? 0));
  const batches = cut(sorted, BATCH_ROWS);
  const failures: unknown[] = [];
  await Promise.all(
    cut(batches, Math.ceil(batches.length / LANES)).map(async (lane) => {
      for (const batch of lane) {
        if (failures.length === 0) {
          await send(batch).catch((error) => failures.push(error));
        }
      }
    }),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
}

function cut<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
