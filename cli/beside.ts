import { existsSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Fault, OF_ERRORS } from './csv-file';
import { fileFault, PassingError, UsageError } from './exit';

/** Rows of the file so far. `there`: those that were posted before. */
export interface Imported {
  imported: number;
  there: number;
  refused: number;
}

/** How far an import has come. */
interface State extends Imported {
  /** Lines of the file that were read. */
  lines: number;
  /** Of the file of errors. */
  errorBytes: number;
}

/** What it takes to write a file; a failure is told in one line. */
function write<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new PassingError(`${file} cannot be written: ${fileFault(error)}`);
  }
}

/** The refused rows, each with its line and why, in a file that can be mended and imported. */
export class Errors {
  readonly file: string;

  /** `bytes`: of the file, when the import that goes on here had come as far as it knows; 0 of a new one. */
  constructor(
    beside: string,
    private bytes: number,
  ) {
    this.file = `${beside}.errors.csv`;
    this.bytes = existsSync(this.file) ? Math.min(bytes, statSync(this.file).size) : 0;
  }

  /** In the order of their lines. How many bytes the file has then. */
  add(faults: Fault[]): number {
    if (faults.length > 0) {
      const columns = [...OF_ERRORS.before, ...COLUMNS, ...OF_ERRORS.after];
      const rows = faults.map(({ row: { line, fields, raw }, reason }) => ({ ...fields, line, reason, raw }));
      rows.sort((one, other) => one.line - other.line);
      const text = stringify(rows, { columns, header: this.bytes === 0 });
      write(this.file, () => {
        // What lies behind is of an import that was cut off, or of an earlier one.
        if (existsSync(this.file)) {
          truncateSync(this.file, this.bytes);
        }
        writeFileSync(this.file, text, { flag: 'a' });
        this.bytes = statSync(this.file).size;
      });
    }
    return this.bytes;
  }

  /** Without a refused row there is no file. */
  end(): void {
    write(this.file, () =>
      this.bytes === 0 ? rmSync(this.file, { force: true }) : truncateSync(this.file, this.bytes),
    );
  }
}

/** The state of an import of this very file, in a file beside it. A dry run begins anew, and keeps none. */
export class Kept {
  state: State = { imported: 0, there: 0, refused: 0, lines: 0, errorBytes: 0 };
  private readonly file: string | undefined;
  private readonly of: { size: number; changed: number };

  constructor(imported: string, dryRun: boolean) {
    this.file = dryRun ? undefined : `${imported}.progress.json`;
    const { size, mtimeMs: changed } = statSync(imported);
    this.of = { size, changed };
    const { of, ...state } = this.file === undefined ? {} : readState(this.file);
    this.state = JSON.stringify(of) === JSON.stringify(this.of) ? { ...this.state, ...state } : this.state;
  }

  save(state: State): void {
    this.state = state;
    const { file, of } = this;
    if (file !== undefined) {
      // A kill in the middle of the writing leaves the old file.
      write(file, () => {
        writeFileSync(`${file}.new`, JSON.stringify({ ...state, of }));
        renameSync(`${file}.new`, file);
      });
    }
  }

  forget(): void {
    if (this.file !== undefined) {
      rmSync(this.file, { force: true });
    }
  }
}

function readState(file: string): Partial<State> & { of?: unknown } {
  if (!existsSync(file)) {
    return {};
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is broken; without it the import begins anew: ${(error as Error).message}`);
  }
}

/** Keeps a second import of the same file away, as long as this process lives. */
export class Lock {
  private readonly file: string;

  constructor(beside: string) {
    this.file = `${beside}.lock`;
    const owner = existsSync(this.file) ? Number(readFileSync(this.file, 'utf8')) : 0;
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new UsageError(
        `another import of this file runs, in process ${owner}; if that is none, remove ${this.file}`,
      );
    }
    this.release();
    write(this.file, () => writeFileSync(this.file, String(process.pid), { flag: 'wx' }));
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
