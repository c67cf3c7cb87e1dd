import {
  appendFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

/** The columns of the file; of these, userId, asset and amount must be there. */
const COLUMNS = ['userId', 'name', 'asset', 'amount', 'origin', 'source', 'expiresAt', 'key'] as const;
const REQUIRED = ['userId', 'asset', 'amount'] as const;
/** What a file of errors has before these; it can be mended and imported as it is. */
const OF_ERRORS = ['line', 'reason'] as const;

type Column = (typeof COLUMNS)[number];
/** A row of the file. `bytes`: where it ends there. */
export interface Row {
  line: number;
  bytes: number;
  fields: Partial<Record<Column, string>>;
}
/** A row that was refused, or that is none. */
export interface Fault {
  row: Row;
  reason: string;
}

/** Rows of the file; `refused` of them are in the file of errors, beside it. */
export interface Imported {
  rows: number;
  refused: number;
}

export interface Chunk {
  rows: Row[];
  /** Of what is no row of CSV. */
  faults: Fault[];
  /** Lines of the file that were read. */
  lines: number;
}

/** The file from where it was left, in chunks. */
export async function* chunksOf(
  file: string,
  { rows: after, lines }: State,
  chunkRows: number,
): AsyncGenerator<Chunk> {
  let chunk: Chunk = { rows: [], faults: [], lines };
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
        const line = lineOf(error);
        if (line > chunk.lines) {
          chunk.lines = line;
          chunk.faults.push({ row: { line, bytes: 0, fields: {} }, reason: error?.message ?? '' });
        }
        return undefined;
      },
    }),
  );
  for await (const { record, info } of parser) {
    chunk.rows.push({ line: info.lines, bytes: info.bytes, fields: record });
    chunk.lines = Math.max(chunk.lines, info.lines);
    if (chunk.rows.length === chunkRows) {
      const full = chunk;
      chunk = { rows: [], faults: [], lines: chunk.lines };
      yield full;
    }
  }
  yield chunk;
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

/** The refused rows, each with its line and why, in a file that can be mended and imported. */
export class Errors {
  private readonly file: string;

  /** `bytes`: of the file, when the import that goes on here had come as far as it knows. */
  constructor(
    imported: string,
    private bytes: number,
  ) {
    this.file = `${imported}.errors.csv`;
    if (bytes > 0 && existsSync(this.file)) {
      truncateSync(this.file, bytes);
    } else {
      this.bytes = 0;
      rmSync(this.file, { force: true });
    }
  }

  /** In the order of their lines. How many bytes the file has then. */
  add(faults: Fault[]): number {
    if (faults.length > 0) {
      const columns = [...OF_ERRORS, ...COLUMNS];
      const rows = faults.map(({ row: { line, fields }, reason }) => ({ ...fields, line, reason }));
      rows.sort((one, other) => one.line - other.line);
      appendFileSync(this.file, stringify(rows, { columns, header: this.bytes === 0 }));
      this.bytes = statSync(this.file).size;
    }
    return this.bytes;
  }
}

/** How far an import has come. */
interface State extends Imported {
  /** Lines of the file that were read. */
  lines: number;
  /** Of the file of errors. */
  errorBytes: number;
}

/** The state of an import of this very file, in a file beside it. */
export class Kept {
  state: State = { rows: 0, refused: 0, lines: 0, errorBytes: 0 };
  private readonly file: string;
  private readonly of: { size: number; changed: number; dryRun: boolean };

  constructor(imported: string, dryRun: boolean) {
    this.file = `${imported}.progress.json`;
    const { size, mtimeMs: changed } = statSync(imported);
    this.of = { size, changed, dryRun };
    if (existsSync(this.file)) {
      const { of, ...state } = JSON.parse(readFileSync(this.file, 'utf8'));
      this.state = JSON.stringify(of) === JSON.stringify(this.of) ? state : this.state;
    }
  }

  save(state: State): void {
    this.state = state;
    // A kill in the middle of the writing leaves the old file.
    writeFileSync(`${this.file}.new`, JSON.stringify({ ...state, of: this.of }));
    renameSync(`${this.file}.new`, this.file);
  }

  forget(): void {
    rmSync(this.file, { force: true });
  }
}
