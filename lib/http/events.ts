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

/** A page of events: short only when there are no more yet, or the time of the call is over. */
export async function readEvents(app: App, filter: EventsFilter, call: Call): Promise<EventsPage> {
  const { limit, types } = filter;
  const page: EventsPage = { events: [], cursor: filter.after ?? FIRST_CURSOR, isLast: false };
  do {
    const rows = await app.ledger.readEvents(
      { after: page.cursor, limit: types === undefined ? limit : SCAN_ROWS, types },
      call,
    );
    page.isLast = rows.length < (types === undefined ? limit : SCAN_ROWS);
    for (const row of rows) {
      if (page.events.length === limit) {
        return { ...page, isLast: false };
      }
      const event = eventData(row, app.eventSource);
      page.cursor = row.cursor;
      if (event !== undefined) {
        page.events.push(event);
      }
    }
  } while (page.events.length < limit && !page.isLast && monotonicMillis() < call.deadline - 1_000);
  return page;
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
