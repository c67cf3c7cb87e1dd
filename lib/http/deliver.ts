import { randomUUID } from 'node:crypto';
import type { LeaseSubscriberRow } from '../../generated/functions';
import type { App } from '../app/app';
import { receiverOf } from '../app/receivers';
import { endsWithin, monotonicMillis, sleep } from '../base/time';
import type { Call } from '../db/retry';
import { readEvents } from './events';
import type { Counts } from './job';
import { type Attempt, groupsOf, OrderedSending } from './ordered-sending';

/** Seconds of a lease. A request to a receiver takes ten at most, and the lease is renewed more often. */
const LEASE_SECONDS = 30;
const RENEW_MILLIS = 5_000;
const PAGE_EVENTS = 500;
/** Milliseconds between two looks for what to tell. */
const LOOK_MILLIS = 250;
/** The pause before a try grows from a second to five minutes. */
const MAX_PAUSE_MILLIS = 300_000;
const FIRST_PAUSE_MILLIS = 1_000;
/** Milliseconds for which an event is refused before its player is parked. */
const PARK_MILLIS = 86_400_000;
/** Milliseconds kept for the last request and its record. */
const RESERVE_MILLIS = 12_000;

/** A subscriber that this deliverer has leased. */
type Leased = { [Field in keyof LeaseSubscriberRow]: NonNullable<LeaseSubscriberRow[Field]> } & {
  failing_since: Date | null;
  types: string[] | null;
};

/**
 * Tells each subscriber what was committed since it was told last, until the time of the call is over. One
 * deliverer at a time tells a subscriber (a lease, which ends by itself when its holder dies), the events of
 * a player in their order, each at least once. All subscribers are told at once, and none waits for another.
 */
export async function deliverEvents(app: App, call: Call): Promise<Counts> {
  const counts = { Delivered: 0, Failed: 0 };
  if (await app.ledger.beginEpoch(call)) {
    app.logger.warn('the ledger has come into another cluster: a new epoch has begun');
  }
  const busy = new Map<string, Promise<void>>();
  const isOver = () => app.stopping.aborted || monotonicMillis() > call.deadline - RESERVE_MILLIS;
  while (!isOver()) {
    const lease = randomUUID();
    const due = await app.ledger.leaseSubscriber(
      { lease, seconds: LEASE_SECONDS, except: [...busy.keys()] },
      call,
    );
    if (due.name === null) {
      await sleep(LOOK_MILLIS, { keepsAlive: false });
      continue;
    }
    const leased = due as Leased;
    const { name } = leased;
    const told = tell(app, leased, lease, isOver, counts, call)
      .catch((error) => app.logger.error('a subscriber could not be told', { name, error: error as Error }))
      .then(() => sleep(LOOK_MILLIS, { keepsAlive: false }))
      .then(() => void busy.delete(name));
    busy.set(name, told);
  }
  await Promise.all(busy.values());
  const subscribers = await app.ledger.readSubscribers(call);
  const lags = subscribers.filter(({ data }) => data.enabled).map((row) => row.lag_seconds);
  return {
    ...counts,
    LagSeconds: Math.max(0, ...lags),
    HeldBackSeconds: await app.ledger.readHeldBack(call),
    Parked: subscribers.reduce((sum, { data }) => sum + (data.parked as unknown[]).length, 0),
  };
}

/** Tells one subscriber, page by page, until there is no more, one event fails, or the lease is lost. */
async function tell(
  app: App,
  subscriber: Leased,
  lease: string,
  isOver: () => boolean,
  counts: { Delivered: number; Failed: number },
  call: Call,
): Promise<void> {
  const { name, kind, target, secrets, types, parked } = subscriber;
  const sealed = (secrets as unknown as { sealed: string }[]).map((secret) => secret.sealed);
  const receiver = await receiverOf({ name, kind, target, secrets: sealed }, app.receivers);
  let { cursor, attempts } = subscriber;
  for (;;) {
    // After a failure one event alone shows whether the receiver is back.
    const limit = attempts > 0 ? 1 : PAGE_EVENTS;
    const page = await readEvents(app, { after: cursor, limit, types: types ?? undefined }, call);
    const events = page.events.filter((event) => !groupsOf(event).some((group) => parked.includes(group)));
    const run = new OrderedSending(events, receiver);
    let isOurs = await renewUntilEnded(run, isOver, () => {
      cursor = run.doneBefore(cursor);
      return save(app, name, lease, { cursor, attempts: run.takeAttempts() }, call);
    });
    cursor = run.isDone ? page.cursor : run.doneBefore(cursor);
    const made = run.takeAttempts();
    counts.Delivered += run.delivered;
    const { failed } = run;
    attempts = failed === undefined ? 0 : attempts + 1;
    const goesOn = failed === undefined && !page.isLast && !isOver();
    const state = { cursor, attempts: made, goesOn };
    if (failed === undefined) {
      isOurs &&= await save(app, name, lease, state, call);
    } else {
      counts.Failed += 1;
      isOurs &&= await saveFailure(app, subscriber, lease, { ...state, failed, tries: attempts }, call);
    }
    if (!isOurs || !goesOn) {
      return;
    }
  }
}

/** Runs it, and renews the lease meanwhile; whether the lease stayed ours. */
async function renewUntilEnded(
  run: OrderedSending,
  isOver: () => boolean,
  renew: () => Promise<boolean>,
): Promise<boolean> {
  const ended = run.run(isOver);
  let isOurs = true;
  while (isOurs && !(await endsWithin(ended, RENEW_MILLIS))) {
    isOurs = await renew();
  }
  await ended;
  return isOurs;
}

interface State {
  cursor: string;
  attempts: Attempt[];
  goesOn?: boolean;
}

/** Attempts of which the last hundred are kept, as the database takes them. */
function recordOf(attempts: Attempt[]): string {
  const createdAt = new Date().toISOString();
  return JSON.stringify(
    attempts.slice(-100).map(({ event: { id, type }, failure }) => ({
      createdAt,
      eventId: id,
      type,
      status: failure?.status ?? null,
      error: failure?.reason ?? null,
    })),
  );
}

function save(app: App, name: string, lease: string, state: State, call: Call): Promise<boolean> {
  const { cursor, attempts, goesOn = true } = state;
  return app.ledger.recordDeliveries(
    { name, lease, seconds: goesOn ? LEASE_SECONDS : 0, cursor, deliveries: recordOf(attempts) },
    call,
  );
}

/** Keeps a failure and when to try again; a player whose event was refused for a day is parked. */
function saveFailure(
  app: App,
  { name, failing_since: since, cursor: before }: Leased,
  lease: string,
  { cursor, attempts, failed, tries }: State & { failed: Attempt; tries: number },
  call: Call,
): Promise<boolean> {
  const { event, failure } = failed;
  const isOld = since !== null && cursor === before && Date.now() - since.getTime() > PARK_MILLIS;
  const given = { name, lease, seconds: 0, deliveries: recordOf(attempts) };
  if (isOld && failure?.refused && !failure.gone) {
    app.logger.error('a subscriber refused an event for a day: its player is parked', { name, id: event.id });
    const park = JSON.stringify(groupsOf(event));
    const parked = { park, parkEvent: event.id, parkCursor: cursor };
    return app.ledger.recordDeliveries({ ...given, ...parked, cursor: event.sequence }, call);
  }
  const bound = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** Math.min(tries, 20));
  const pauseMillis = Math.round(bound / 2 + (Math.random() * bound) / 2);
  const told = { error: failure?.reason ?? 'unknown', pauseMillis, gone: failure?.gone ?? false };
  app.logger.warn('a subscriber did not take an event', { name, id: event.id, reason: told.error });
  return app.ledger.recordDeliveries({ ...given, ...told, cursor }, call);
}
