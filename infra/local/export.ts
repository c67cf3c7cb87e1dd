import { parseArgs } from 'node:util';
import { getApp } from '../../lib/app/app';
import { exportTarget } from '../../lib/app/export-target';
import { EXPORT_FORMAT_NAMES, type ExportFormatName } from '../../lib/base/export-formats';
import { Progress } from '../../lib/base/progress';
import { monotonicMillis } from '../../lib/base/time';
import { exportEvents } from '../../lib/http/export';
import { main } from './main';
import { withApp } from './one-shot';

const FORMATS = EXPORT_FORMAT_NAMES.join('|');
const USAGE = `usage: npm run export -- --to FOLDER|s3://BUCKET/PREFIX [--format ${FORMATS}] [--after CURSOR]`;
const DAY_MILLIS = 86_400_000;

/** Writes what was committed to files, or goes on with those that are there. */
void main(async () => {
  const { to, format, after } = readArguments(process.argv.slice(2));
  await withApp(async () => {
    const call = { deadline: monotonicMillis() + DAY_MILLIS, retries: [] };
    const progress = new Progress('events');
    const { horizon: end } = await getApp().ledger.readHorizon(call);
    let start: number | undefined;
    const show = (events: number, cursor: string) => {
      const at = transactionOf(cursor);
      start ??= at;
      progress.show(events, (at - start) / Math.max(1, Number(end) - start));
    };
    const options = { target: exportTarget(to), format, after, progress: show };
    const { files, cursor } = await exportEvents(getApp(), options, call);
    progress.end();
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    process.stdout.write(`rows: ${rows}, files: ${files.length}; the next export goes on after ${cursor}\n`);
  });
});

/** The number of the database's transaction in a cursor, whose commit order it follows. */
function transactionOf(cursor: string): number {
  return Number(`0x${cursor.slice(16, 32)}`);
}

function readArguments(args: string[]) {
  const text = { type: 'string' as const };
  try {
    const {
      to,
      format = 'ndjson',
      after,
    } = parseArgs({ args, options: { to: text, format: text, after: text } }).values;
    if (to === undefined || !(EXPORT_FORMAT_NAMES as readonly string[]).includes(format)) {
      throw new Error(to === undefined ? '--to is required' : `${format} is not a format`);
    }
    return { to, format: format as ExportFormatName, after };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}
