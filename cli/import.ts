import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { InvalidRequestError, type WalletClient } from '../client/src/index.ts';
import { Progress } from '../lib/base/progress';

/** The columns of the file; of these, userId, asset and amount must be there. */
const COLUMNS = ['userId', 'name', 'asset', 'amount', 'origin', 'source', 'expiresAt', 'key'] as const;
const REQUIRED = ['userId', 'asset', 'amount'] as const;
/** What a file of errors has before these; it can be mended and imported as it is. */
const OF_ERRORS = ['line', 'reason'] as const;
const BATCH_ROWS = 1_000;
/** Batches on their way at a time. */
const IN_FLIGHT = 3;

type Column = (typeof COLUMNS)[number];
/** A row of the file. `bytes`: where it ends there. */
interface Row {
  line: number;
  bytes: number;
  fields: Partial<Record<Column, string>>;
}

export interface ImportOptions {
  client: WalletClient;
  file: string;
  dryRun: boolean;
}

/** Rows of the file; `refused` of them are in the file of errors, beside it. */
export interface Imported {
  rows: number;
  refused: number;
}

/**
 * Opens the accounts of a CSV file and posts their opening balances. Each row is posted once, however often
 * the file is imported: its key is the column `key`, or made of what the row says. What was done is kept
 * beside the file until all of it is, so that an import that was cut off goes on from there.
 */
export async function importPlayers({ client, file, dryRun }: ImportOptions): Promise<Imported> {
  const size = statSync(file).size;
  const kept = new Kept(file, dryRun);
  const errors = new Errors(file, kept.imported.refused);
  const progress = new Progress('rows');
  const queue: { rows: Row[]; done: Promise<void> }[] = [];
  const finish = async () => {
    const { rows, done } = queue.shift() as (typeof queue)[number];
    await done;
    kept.save({ rows: kept.imported.rows + rows.length, refused: errors.count });
    progress.show(kept.imported.rows, (rows.at(-1)?.bytes ?? 0) / size);
  };
  for await (const rows of batchesOf(file, kept.imported.rows, errors)) {
    queue.push({ rows, done: importRows(client, rows, dryRun, errors) });
    if (queue.length === IN_FLIGHT) {
      await finish();
    }
  }
  while (queue.length > 0) {
    await finish();
  }
  progress.end();
  await errors.close();
  kept.forget();
  return { rows: kept.imported.rows, refused: errors.count };
}

/** Rows of the file, after so many of them. What is no row of CSV is told as an error. */
async function* batchesOf(file: string, after: number, errors: Errors): AsyncGenerator<Row[]> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      columns: columnsOf,
      from: after + 1,
      info: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error) => {
        errors.add({ line: lineOf(error), bytes: 0, fields: {} }, error?.message ?? '');
        return undefined;
      },
    }),
  );
  let rows: Row[] = [];
  for await (const { record, info } of parser) {
    rows.push({ line: info.lines, bytes: info.bytes, fields: record });
    if (rows.length === BATCH_ROWS) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) {
    yield rows;
  }
}

function lineOf(error: CsvError | undefined): number {
  return Number((error as { lines?: number } | undefined)?.lines ?? 0);
}

function columnsOf(header: string[]): string[] {
  const known: readonly string[] = [...OF_ERRORS, ...COLUMNS];
  const unknown = header.find((name) => !known.includes(name));
  const missing = REQUIRED.find((name) => !header.includes(name));
  if (unknown !== undefined || missing !== undefined) {
    const fault = unknown === undefined ? `has no column ${missing}` : `has an unknown column ${unknown}`;
    throw new Error(`the file ${fault}; its columns are ${COLUMNS.join(', ')}`);
  }
  return header;
}

/** Imports some rows; those that are refused are told as errors. */
async function importRows(client: WalletClient, rows: Row[], dryRun: boolean, errors: Errors): Promise<void> {
  // All accounts in one go: to open each with its balance takes twice as long. A dry run opens none.
  const opened = dryRun
    ? rows
    : await sendValid(rows, errors, (some) => client.accounts.open({ accounts: some.map(accountOf) }));
  await sendValid(opened, errors, async (some) => {
    const transactions = some.map((row) => ({ ...openingOf(row), openAccount: dryRun }));
    const { failures = [] } = await client.batch({ transactions, onError: 'skip', dryRun });
    for (const { index, code, message } of failures) {
      errors.add(some[index] as Row, `${code}: ${message}`);
    }
  });
}

function accountOf({ fields: { userId = '', name } }: Row) {
  return { userId, ...(name && { name }) };
}

/** Sends rows, without those that the service calls invalid; which were valid. */
async function sendValid(
  rows: Row[],
  errors: Errors,
  send: (rows: Row[]) => Promise<unknown>,
): Promise<Row[]> {
  let left = rows;
  while (left.length > 0) {
    try {
      await send(left);
      return left;
    } catch (error) {
      const faults = error instanceof InvalidRequestError ? faultsOf(error, left) : new Map<Row, string>();
      if (faults.size === 0) {
        throw error;
      }
      for (const [row, fault] of faults) {
        errors.add(row, fault);
      }
      left = left.filter((row) => !faults.has(row));
    }
  }
  return left;
}

/** What is wrong with which row. The path of a fault is the list, the place in it, and the field. */
function faultsOf({ details }: InvalidRequestError, rows: Row[]): Map<Row, string> {
  const faults = new Map<Row, string>();
  for (const { path, message } of (Array.isArray(details) ? details : []) as {
    path: string;
    message: string;
  }[]) {
    const [, index = '', ...field] = path.split('.');
    const row = /^[0-9]+$/.test(index) ? rows[Number(index)] : undefined;
    if (row !== undefined) {
      faults.set(row, [faults.get(row), `${field.join('.')} ${message}`].filter(Boolean).join('; '));
    }
  }
  return faults;
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

/** The refused rows, each with its line and why, in a file that can be mended and imported. */
class Errors {
  private readonly file: string;
  private stream: ReturnType<typeof createWriteStream> | undefined;

  constructor(
    imported: string,
    public count: number,
  ) {
    this.file = `${imported}.errors.csv`;
    if (count === 0) {
      rmSync(this.file, { force: true });
    }
  }

  add({ line, fields }: Row, reason: string): void {
    this.stream ??= createWriteStream(this.file, { flags: 'a' });
    const columns = [...OF_ERRORS, ...COLUMNS];
    this.stream.write(stringify([{ ...fields, line, reason }], { columns, header: this.count === 0 }));
    this.count += 1;
  }

  async close(): Promise<void> {
    if (this.stream !== undefined) {
      this.stream.end();
      await once(this.stream, 'close');
    }
  }
}

/** How far an import of this very file has come, in a file beside it. */
class Kept {
  imported: Imported = { rows: 0, refused: 0 };
  private readonly file: string;
  private readonly of: { size: number; changed: number; dryRun: boolean };

  constructor(imported: string, dryRun: boolean) {
    this.file = `${imported}.progress.json`;
    const { size, mtimeMs: changed } = statSync(imported);
    this.of = { size, changed, dryRun };
    if (existsSync(this.file)) {
      const { of, ...known } = JSON.parse(readFileSync(this.file, 'utf8'));
      this.imported = JSON.stringify(of) === JSON.stringify(this.of) ? known : this.imported;
    }
  }

  save(imported: Imported): void {
    this.imported = imported;
    writeFileSync(this.file, JSON.stringify({ ...imported, of: this.of }));
  }

  forget(): void {
    rmSync(this.file, { force: true });
  }
}
