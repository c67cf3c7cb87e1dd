import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { fileFault, UsageError } from './exit';

/** The columns of the file; of these, userId, asset and amount must be there. */
export const COLUMNS = ['userId', 'name', 'asset', 'amount', 'origin', 'source', 'expiresAt', 'key'] as const;
const REQUIRED = ['userId', 'asset', 'amount'] as const;
/** What a file of errors has beside these; it can be mended and imported as it is. */
export const OF_ERRORS = { before: ['line', 'reason'], after: ['raw'] } as const;

type Column = (typeof COLUMNS)[number];
/** A row of the file. `raw`: its text, where that is no row. */
export interface Row {
  line: number;
  fields: Partial<Record<Column, string>>;
  raw?: string;
}
/** A row that was refused, or that is none. */
export interface Fault {
  row: Row;
  reason: string;
}

export interface Chunk {
  rows: Row[];
  /** Of what is no row of CSV. */
  faults: Fault[];
  /** Lines of the file that were read. */
  lines: number;
}

/** Rows that are parsed at once. */
const PARSED_TOGETHER = 1_000;

/** A line that is not empty. */
interface Line {
  text: string;
  line: number;
}

/** A file that may be imported: its columns, and how many lines it has. */
export class CsvFile {
  private constructor(
    private readonly file: string,
    private readonly columns: string[],
    readonly lines: number,
  ) {}

  /** Reads all of it once, so that a file that is no such file is refused before any of it is imported. */
  static async open(file: string): Promise<CsvFile> {
    let columns: string[] | undefined;
    let last = 0;
    for await (const lines of linesOf(file)) {
      const [header] = lines;
      columns ??= header && columnsOf(file, header.text);
      last = lines.at(-1)?.line ?? last;
    }
    if (columns === undefined) {
      throw new UsageError(`${file} is empty: its first line must name the columns ${REQUIRED.join(', ')}`);
    }
    return new CsvFile(file, columns, last);
  }

  /** The rows after this line, in chunks of so many lines. */
  async *chunks(after: number, chunkLines: number): AsyncGenerator<Chunk> {
    let waiting: Line[] = [];
    let isHeader = true;
    for await (const lines of linesOf(this.file)) {
      const rows = isHeader ? lines.slice(1) : lines;
      isHeader &&= lines.length === 0;
      waiting.push(...rows.filter(({ line }) => line > after));
      for (; waiting.length >= chunkLines; waiting = waiting.slice(chunkLines)) {
        yield this.chunkOf(waiting.slice(0, chunkLines));
      }
    }
    yield this.chunkOf(waiting);
  }

  private chunkOf(lines: Line[]): Chunk {
    const chunk: Chunk = { rows: [], faults: [], lines: lines.at(-1)?.line ?? this.lines };
    for (let at = 0; at < lines.length; at += PARSED_TOGETHER) {
      const some = lines.slice(at, at + PARSED_TOGETHER);
      const together = this.parse(some.map(({ text }) => text).join('\n'));
      // A line with a fault could take others along, so then each is parsed alone.
      if (Array.isArray(together) && together.length === some.length) {
        chunk.rows.push(...together.map((fields, index) => ({ line: some[index]?.line ?? 0, fields })));
      } else {
        this.parseEach(some, chunk);
      }
    }
    return chunk;
  }

  private parseEach(lines: Line[], { rows, faults }: Chunk): void {
    for (const { line, text } of lines) {
      const parsed = this.parse(text);
      if (Array.isArray(parsed)) {
        rows.push(...parsed.map((fields) => ({ line, fields })));
      } else {
        faults.push({ row: { line, fields: {}, raw: text }, reason: faultOf(parsed, this.columns.length) });
      }
    }
  }

  private parse(text: string): Record<string, string>[] | CsvError {
    try {
      return parse(text, { columns: this.columns, trim: true });
    } catch (error) {
      if (error instanceof CsvError) {
        return error;
      }
      throw error;
    }
  }
}

function faultOf({ code, message, record }: CsvError & { record?: unknown[] }, columns: number): string {
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return `the line has ${record?.length} values, and the header ${columns} columns`;
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return 'a quote opens in this line and does not close in it';
  }
  return code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE'
    ? 'a value with a quote in it must stand in quotes, and that quote must be doubled'
    : message;
}

function columnsOf(file: string, header: string): string[] {
  const refuse = (fault: string): never => {
    throw new UsageError(`${file} ${fault}; its columns are ${COLUMNS.join(', ')}`);
  };
  let names: string[] = [];
  try {
    [names = []] = parse(header, { trim: true }) as string[][];
  } catch (error) {
    refuse(`has a header that is no CSV: ${faultOf(error as CsvError, 0)}`);
  }
  if (names.length === 1 && /[;\t|]/.test(header)) {
    refuse('must have commas between its values');
  }
  const known: readonly string[] = [...OF_ERRORS.before, ...COLUMNS, ...OF_ERRORS.after];
  const unknown = names.find((name) => !known.includes(name));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  const missing = REQUIRED.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    refuse(`has an unknown column ${JSON.stringify(unknown)}`);
  }
  if (twice !== undefined) {
    refuse(`has the column ${twice} twice`);
  }
  if (missing !== undefined) {
    refuse(`has no column ${missing}`);
  }
  return names;
}

/** The lines of a text that are not empty, some at a time. */
async function* linesOf(file: string): AsyncGenerator<Line[]> {
  let read = 0;
  for await (const bytes of wholeLinesOf(file)) {
    if (!isUtf8(bytes)) {
      const texts = bytes.toString('latin1').split('\n');
      const bad = texts.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1')));
      throw new UsageError(`${file} must be text in UTF-8; line ${read + bad + 1} is not`);
    }
    const texts = bytes.toString().split('\n');
    const first = read + 1;
    read += texts.length;
    // A mark of the byte order at the begin is white space too.
    yield texts
      .map((text, index) => ({ text: text.trim(), line: first + index }))
      .filter(({ text }) => text !== '');
  }
}

const MEGABYTE = 2 ** 20;

/** The bytes of a file, cut at the ends of lines, which are left out. */
async function* wholeLinesOf(file: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: MEGABYTE })) {
      const bytes = Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf('\n');
      if (end >= 0) {
        yield bytes.subarray(0, end);
      }
      rest = bytes.subarray(end + 1);
      if (rest.length > MEGABYTE) {
        throw new UsageError(`${file} must be CSV; it has a line of more than a megabyte`);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) {
      throw error;
    }
    throw new UsageError(`${file} cannot be read: ${fileFault(error)}`);
  }
  yield rest;
}
