import { parseArgs } from 'node:util';
import { getApp } from '../../lib/app/app';
import { exportTarget } from '../../lib/app/export-target';
import { EXPORT_FORMAT_NAMES, type ExportFormatName } from '../../lib/base/export-formats';
import { Progress } from '../../lib/base/progress';
import { monotonicMillis } from '../../lib/base/time';
import { eventCursor } from '../../lib/contract/events';
import { exportEvents } from '../../lib/http/export';
import { main } from './main';
import { withApp } from './one-shot';

const FORMATS = EXPORT_FORMAT_NAMES.join('|');
const USAGE = `usage: npm run export -- --to FOLDER|s3://BUCKET/PREFIX [--format ${FORMATS}] [--after CURSOR]
--to      where the files lie; a folder that has some goes on from them
--format  ndjson (unless told): every event; csv, parquet: a row for each transaction; one format per folder
--after   of a new export: the cursor after which it begins, from the beginning unless told
It reads the database of DATABASE_URL, or the embedded one of npm start.`;
const DAY_MILLIS = 86_400_000;

/** Writes what was committed to files, or goes on with those that are there. */
void main(async () => {
  const asked = readArguments(process.argv.slice(2));
  if (asked === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  await withApp(() => runExport(asked));
});

async function runExport({ to, format, after }: Asked): Promise<void> {
  const call = { deadline: monotonicMillis() + DAY_MILLIS, retries: [] };
  const progress = new Progress('events');
  const { horizon: end } = await getApp().ledger.readHorizon(call);
  let start: number | undefined;
  let written = 0;
  const show = (events: number, cursor: string) => {
    const at = transactionOf(cursor);
    start ??= at;
    written = events;
    progress.show(events, (at - start) / Math.max(1, Number(end) - start));
  };
  const options = { target: exportTarget(to), format, after, progress: show };
  const { files, cursor } = await exportEvents(getApp(), options, call);
  progress.end();
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  process.stdout.write(
    `rows of this run: ${written}; in all: ${rows}, files: ${files.length}; the next export goes on after ${cursor}\n`,
  );
}

/** The number of the database's transaction in a cursor, whose commit order it follows. */
function transactionOf(cursor: string): number {
  return Number(`0x${cursor.slice(16, 32)}`);
}

interface Asked {
  to: string;
  format: ExportFormatName;
  after: string | undefined;
}

/** Throws what is wrong, with the usage. Undefined: the usage alone is asked for. */
function readArguments(args: string[]): Asked | undefined {
  const text = { type: 'string' as const };
  const options = { to: text, format: text, after: text, help: { type: 'boolean' as const } };
  try {
    const { to, format = 'ndjson', after, help } = parseArgs({ args, options }).values;
    return help ? undefined : { to: placeOf(to), format: formatOf(format), after: cursorOf(after) };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}

function placeOf(to: string | undefined): string {
  if (!to) {
    throw new Error('--to is required');
  }
  return to;
}

function formatOf(format: string): ExportFormatName {
  const known = EXPORT_FORMAT_NAMES.find((name) => name === format);
  if (known === undefined) {
    throw new Error(`${format} is not a format`);
  }
  return known;
}

function cursorOf(after: string | undefined): string | undefined {
  if (after !== undefined && !eventCursor.safeParse(after).success) {
    throw new Error('--after must be the sequence of an event, or where an export said that it goes on');
  }
  return after;
}
