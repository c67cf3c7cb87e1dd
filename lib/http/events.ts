import type { App } from '../app/app';
import { monotonicMillis, sleep } from '../base/time';
import { FIRST_CURSOR, type WalletEvent } from '../contract/events';
import type { Call } from '../db/retry';
import { eventData } from './resources';

/** Which events to read: those after a cursor, of these types. */
export interface EventsFilter {
  after?: string | undefined;
  limit: number;
  types?: string[] | undefined;
}

/** `cursor`: where to go on. `isLast`: nothing more was committed when it was read. */
export interface EventsPage {
  events: WalletEvent[];
  cursor: string;
  isLast: boolean;
}

/** Rows that one statement reads at most where few of them may be of the types that were asked for. */
const SCAN_ROWS = 1_000;
/** Milliseconds between two looks: a reader hears of a commit half of it later, in the median. */
const LOOK_MILLIS = 100;

/** Bytes of a page at most, by rough count: Lambda answers no more than six million. */
const MAX_PAGE_BYTES = 4_000_000;

/**
 * A page of events: short only when there are no more yet, the time of the call is over, or more would be too
 * large an answer.
 */
export async function readEvents(app: App, filter: EventsFilter, call: Call): Promise<EventsPage> {
  const { limit, types } = filter;
  const scanned = types === undefined ? limit : SCAN_ROWS;
  const page = new Page(filter);
  do {
    const rows = await app.ledger.readEvents({ after: page.cursor, limit: scanned, types }, call);
    page.isLast = rows.length < scanned;
    for (const row of rows) {
      if (!page.take(row.cursor, eventData(row, app.eventSource))) {
        return page;
      }
    }
  } while (page.events.length < limit && !page.isLast && monotonicMillis() < call.deadline - 1_000);
  return page;
}

/** A page that grows. */
class Page implements EventsPage {
  readonly events: WalletEvent[] = [];
  cursor: string;
  isLast = false;
  private readonly limit: number;
  private bytes = 0;

  constructor({ after = FIRST_CURSOR, limit }: EventsFilter) {
    this.cursor = after;
    this.limit = limit;
  }

  /** Takes what comes next, an event or one that was not asked for; whether there was room. */
  take(cursor: string, event: WalletEvent | undefined): boolean {
    if (event !== undefined) {
      this.bytes += bytesOf(event);
      const isLarge = this.bytes > MAX_PAGE_BYTES && this.events.length > 0;
      if (isLarge || this.events.length === this.limit) {
        this.isLast = false;
        return false;
      }
      this.events.push(event);
    }
    this.cursor = cursor;
    return true;
  }
}

/** The same, and waits for the first event when there is none yet. */
export async function awaitEvents(
  app: App,
  filter: EventsFilter,
  waitMillis: number,
  call: Call,
): Promise<EventsPage> {
  const end = monotonicMillis() + waitMillis;
  let page = await readEvents(app, filter, call);
  while (page.events.length === 0 && monotonicMillis() < end && !app.stopping.aborted) {
    await sleep(Math.min(LOOK_MILLIS, end - monotonicMillis()));
    page = await readEvents(app, { ...filter, after: page.cursor }, call);
  }
  return page;
}

/** Bytes of an event in an answer, rather too many: to write each out twice would cost a fifth of a read. */
function bytesOf({ data }: WalletEvent): number {
  const { metadata = {}, lots = [] } = data as { metadata?: object; lots?: object[] };
  return 2_000 + Buffer.byteLength(JSON.stringify(metadata)) + 500 * lots.length;
}
