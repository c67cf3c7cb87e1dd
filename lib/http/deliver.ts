import { randomUUID } from 'node:crypto';
import type { LeaseSubscriberRow } from '../../generated/functions';
import type { App } from '../app/app';
import { type Receiver, Receivers } from '../app/receivers';
import { endsWithin, monotonicMillis, sleep } from '../base/time';
import type { Call } from '../db/retry';
import { readEvents } from './events';
import type { Counts } from './job';
import { type Attempt, groupsOf, OrderedSending } from './ordered-sending';

/** Seconds of a lease. It is renewed much more often. */
const LEASE_SECONDS = 30;
const RENEW_MILLIS = 2_000;
/** Milliseconds of a lease in which a request may begin: one takes ten seconds at most. */
const BEGIN_MILLIS = 20_000;
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
  const receivers = new Receivers(app.receivers);
  const isOver = () => app.stopping.aborted || monotonicMillis() > call.deadline - RESERVE_MILLIS;
  const tellOne = async (name: string) => {
    const lease = new Lease(app.ledger, name, call);
    const leased = await lease.take();
    if (leased !== undefined) {
      await tell({ app, receivers, lease, isOver, counts, call }, leased);
    }
  };
  while (!isOver()) {
    const due = await app.ledger.findDueSubscribers(call);
    for (const { name } of due.filter((one) => !busy.has(one.name))) {
      const told = tellOne(name)
        .catch((error) => app.logger.error('a subscriber could not be told', { name, error: error as Error }))
        .then(() => void busy.delete(name));
      busy.set(name, told);
    }
    await sleep(LOOK_MILLIS, { keepsAlive: false });
  }
  await Promise.all(busy.values());
  receivers.close();
  const subscribers = await app.ledger.readSubscribers(call);
  const lags = subscribers.filter(({ data }) => data.enabled).map((row) => row.lag_seconds);
  return {
    ...counts,
    LagSeconds: Math.max(0, ...lags),
    HeldBackSeconds: await app.ledger.readHeldBack(call),
    Parked: subscribers.reduce((sum, { data }) => sum + (data.parked as unknown[]).length, 0),
  };
}

/** That this deliverer tells a subscriber, and nobody else does. */
class Lease {
  private readonly id = randomUUID();
  private renewedAt = 0;
  private isOurs = false;

  constructor(
    private readonly ledger: App['ledger'],
    private readonly name: string,
    private readonly call: Call,
  ) {}

  /** Whether a request that begins now ends before anybody else may begin one. */
  get allowsRequest(): boolean {
    return this.isOurs && monotonicMillis() < this.renewedAt + BEGIN_MILLIS;
  }

  /** The subscriber; undefined when it is not due any more. */
  async take(): Promise<Leased | undefined> {
    this.renewedAt = monotonicMillis();
    const given = { lease: this.id, seconds: LEASE_SECONDS, name: this.name };
    const row = await this.ledger.leaseSubscriber(given, this.call);
    this.isOurs = row.name !== null;
    return this.isOurs ? (row as Leased) : undefined;
  }

  /** Keeps what was done, and renews the lease or ends it; whether it was still ours. */
  async save({ goesOn = true, attempts, ...state }: State): Promise<boolean> {
    const at = monotonicMillis();
    const seconds = goesOn ? LEASE_SECONDS : 0;
    const given = { name: this.name, lease: this.id, seconds, deliveries: recordOf(attempts), ...state };
    this.isOurs = await this.ledger.recordDeliveries(given, this.call);
    this.renewedAt = at;
    return this.isOurs;
  }
}

/** What is told with. */
interface Telling {
  app: App;
  receivers: Receivers;
  lease: Lease;
  isOver: () => boolean;
  counts: { Delivered: number; Failed: number };
  call: Call;
}

/** Tells one subscriber, page by page, until there is no more, one event fails, or the lease is lost. */
async function tell(telling: Telling, subscriber: Leased): Promise<void> {
  const { app, lease, isOver, counts, call } = telling;
  const { types, parked } = subscriber;
  const receiver = await receiverOf(telling, subscriber);
  let { cursor, attempts } = subscriber;
  while (receiver !== undefined) {
    // After a failure one event alone shows whether the receiver is back.
    const limit = attempts > 0 ? 1 : PAGE_EVENTS;
    const page = await readEvents(app, { after: cursor, limit, types: types ?? undefined }, call);
    const events = page.events.filter((event) => !parked.includes(groupsOf(event)[0]));
    const run = new OrderedSending(events, receiver);
    await runAndRenew(run, telling, () => ({ cursor: run.doneBefore(cursor), attempts: run.takeAttempts() }));
    cursor = run.isDone ? page.cursor : run.doneBefore(cursor);
    counts.Delivered += run.delivered;
    const { failed } = run;
    const state = { cursor, attempts: run.takeAttempts() };
    if (failed !== undefined) {
      counts.Failed += 1;
      await lease.save({
        ...state,
        ...afterFailure(app, subscriber, cursor, attempts, failed),
        goesOn: false,
      });
      return;
    }
    attempts = 0;
    const goesOn = !page.isLast && !isOver();
    if (!(await lease.save({ ...state, goesOn })) || !goesOn) {
      return;
    }
  }
}

/** Where its messages go; undefined when that cannot be opened, which is a failure like any other. */
async function receiverOf(
  { app, receivers, lease }: Telling,
  subscriber: Leased,
): Promise<Receiver | undefined> {
  const { name, kind, target, secrets, cursor, attempts } = subscriber;
  const sealed = (secrets as unknown as { sealed: string }[]).map((secret) => secret.sealed);
  try {
    return await receivers.of({ name, kind, target, secrets: sealed });
  } catch (error) {
    app.logger.error('a subscriber could not be told', { name, error: error as Error });
    const pauseMillis = pauseAfter(attempts + 1);
    const failure = { error: 'its secrets could not be opened', pauseMillis };
    await lease.save({ cursor, attempts: [], ...failure, goesOn: false });
    return undefined;
  }
}

/** Sends while the lease is ours, and renews it meanwhile. */
async function runAndRenew(
  run: OrderedSending,
  { lease, isOver }: Telling,
  done: () => State,
): Promise<void> {
  const ended = run.run(() => !isOver() && lease.allowsRequest);
  try {
    while (!(await endsWithin(ended, RENEW_MILLIS)) && (await lease.save(done()))) {}
  } finally {
    await ended;
  }
}

/** How far a subscriber was told, and what else is kept with it (record_deliveries). */
interface State extends Outcome {
  cursor: string;
  attempts: Attempt[];
  /** Whether the lease goes on; by default it does. */
  goesOn?: boolean;
}

/** What a failure leads to: a pause, the end, or a player who is told nothing more. */
type Outcome = Pick<
  Partial<Parameters<App['ledger']['recordDeliveries']>[0]>,
  'error' | 'pauseMillis' | 'gone' | 'park' | 'parkEvent' | 'parkCursor'
>;

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

/** What is kept of an event that was not taken. One that was refused for a day parks its player. */
function afterFailure(
  { logger }: App,
  { name, failing_since: since, cursor: before }: Leased,
  cursor: string,
  attempts: number,
  { event, failure }: Attempt,
): Outcome & { cursor: string } {
  const isSame = cursor === before;
  const isOld = since !== null && isSame && Date.now() - since.getTime() > PARK_MILLIS;
  if (isOld && failure?.refused && !failure.gone) {
    logger.error('a subscriber refused an event for a day: its player is parked', { name, id: event.id });
    const park = JSON.stringify([groupsOf(event)[0]]);
    return { park, parkEvent: event.id, parkCursor: cursor, cursor: event.sequence };
  }
  const error = failure?.reason ?? 'unknown';
  logger.warn('a subscriber did not take an event', { name, id: event.id, reason: error });
  return { error, pauseMillis: pauseAfter(isSame ? attempts + 1 : 1), gone: failure?.gone ?? false, cursor };
}

/** Milliseconds before another try, with jitter. */
function pauseAfter(tries: number): number {
  const bound = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** Math.min(tries, 20));
  return Math.round(bound / 2 + (Math.random() * bound) / 2);
}
