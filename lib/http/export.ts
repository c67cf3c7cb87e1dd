import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../app/app';
import type { ExportTarget } from '../app/export-target';
import { EXPORT_FORMAT_NAMES, type ExportFormatName } from '../base/export-formats';
import { monotonicMillis } from '../base/time';
import { eventCursor, FIRST_CURSOR, type WalletEvent } from '../contract/events';
import type { Call } from '../db/retry';
import { EXPORT_FORMATS } from './export-formats';
import { eventData } from './resources';

const MANIFEST = 'manifest.json';
/** Events of a file at most, and of a statement. */
const FILE_EVENTS = 50_000;
const PAGE_EVENTS = 5_000;
/** Milliseconds kept for the last file of a run. */
const RESERVE_MILLIS = 30_000;

/** What an export is of, and each of its files: the events after one cursor up to another. */
const manifestSchema = z.strictObject({
  source: z.string(),
  format: z.enum(EXPORT_FORMAT_NAMES),
  files: z.array(
    z.strictObject({
      name: z.string(),
      after: eventCursor,
      to: eventCursor,
      rows: z.int(),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
  /** Where the next run goes on. */
  cursor: eventCursor,
});
export type Manifest = z.output<typeof manifestSchema>;

export interface ExportOptions {
  target: ExportTarget;
  format: ExportFormatName;
  /** Where a new export begins; from the beginning unless told. */
  after?: string | undefined;
  /** Told after each page how many events were read, and up to which cursor. */
  progress?: (events: number, cursor: string) => void;
}

/**
 * Writes what was committed since the last export to a target: files named by their cursors, and a manifest
 * that is written after each. So one that was cut off goes on after its last whole file.
 */
export async function exportEvents(app: App, options: ExportOptions, call: Call): Promise<Manifest> {
  const { target, format, progress } = options;
  const { extension, types, open } = EXPORT_FORMATS[format];
  const manifest = await manifestOf(app, options);
  const pages = new Pages(app, manifest.cursor, types, call);
  for (let read = 0; ; ) {
    const growing = await open();
    let rows = 0;
    while (rows < FILE_EVENTS && !pages.isLast) {
      const page = await pages.next();
      if (page.length > 0) {
        await growing.add(page);
      }
      rows += page.length;
      read += page.length;
      progress?.(read, pages.cursor);
    }
    const content = await growing.end();
    if (rows > 0) {
      const { cursor: after } = manifest;
      const name = `${after}-${pages.cursor}.${extension}`;
      const sha256 = createHash('sha256').update(content).digest('hex');
      await target.write(name, content);
      const file = { name, after, to: pages.cursor, rows, bytes: content.length, sha256 };
      manifest.files.push(file);
    }
    manifest.cursor = pages.cursor;
    await target.write(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if (pages.isLast || monotonicMillis() > call.deadline - RESERVE_MILLIS) {
      return manifest;
    }
  }
}

async function manifestOf(app: App, { target, format, after }: ExportOptions): Promise<Manifest> {
  const text = await target.read(MANIFEST);
  if (text === undefined) {
    return { source: app.eventSource, format, files: [], cursor: after ?? FIRST_CURSOR };
  }
  const manifest = parseManifest(text.toString());
  const [known, wanted] = [`${manifest.source} as ${manifest.format}`, `${app.eventSource} as ${format}`];
  if (known !== wanted) {
    throw new Error(`there is an export of ${known}; this one is of ${wanted}`);
  }
  if (after !== undefined && after !== manifest.files[0]?.after) {
    throw new Error('there is an export that began elsewhere; without --after this one goes on from there');
  }
  const names = await target.list();
  // Whoever needs them no longer removes the oldest ones first, as the bucket of AWS does by itself. Where
  // none is left (-1), the last one is missed.
  const kept = manifest.files.findIndex(({ name }) => names.has(name));
  const lost = manifest.files.slice(kept).find(({ name }) => !names.has(name));
  if (lost !== undefined) {
    throw new Error(`${lost.name} is in ${MANIFEST} and not there: put it back, or export to another place`);
  }
  return manifest;
}

function parseManifest(text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const fault = issue ? `${issue.path.join('.')}: ${issue.message}` : (error as Error).message;
    throw new Error(`${MANIFEST} is no manifest of an export: ${fault}`);
  }
}

/** Pages of events; the database reads the next one while this one is looked at. */
class Pages {
  isLast = false;
  private pending: ReturnType<Pages['read']>;

  constructor(
    private readonly app: App,
    public cursor: string,
    private readonly types: string[] | undefined,
    private readonly call: Call,
  ) {
    this.pending = this.read();
  }

  private read() {
    const { cursor: after, types } = this;
    const rows = this.app.ledger.readEvents({ after, limit: PAGE_EVENTS, types }, this.call);
    // It may fail while nobody waits for it; whoever does is told.
    rows.catch(() => undefined);
    return rows;
  }

  async next(): Promise<WalletEvent[]> {
    const rows = await this.pending;
    this.cursor = rows.at(-1)?.cursor ?? this.cursor;
    this.isLast = rows.length < PAGE_EVENTS;
    if (!this.isLast) {
      this.pending = this.read();
    }
    const events = rows.map((row) => eventData(row, this.app.eventSource));
    return events.filter((event) => event !== undefined);
  }
}
