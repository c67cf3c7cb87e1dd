import type { Database } from './database';
import type { Call } from './retry';
import { type Arguments, ask, askOne } from './statements';

/** What tells others of changes: events, and those who subscribe to them. */
export function telling(writer: Database, reader: Database) {
  return {
    /** What was committed after a cursor, in commit order; a type that was not asked for has no data. */
    readEvents: (filter: { limit: number; after: string; types: string[] | undefined }, call: Call) =>
      ask(reader.call, 'read_events', filter, call),

    /** Whether the ledger has come into another cluster, whose epoch has begun now. */
    beginEpoch: async (call: Call): Promise<boolean> =>
      (await askOne(writer.call, 'begin_epoch', {}, call)).begin_epoch,

    putSubscriber: (given: Arguments<'put_subscriber'>, call: Call) =>
      askOne(writer.call, 'put_subscriber', given, call),

    deleteSubscriber: (name: string, call: Call) => askOne(writer.call, 'delete_subscriber', { name }, call),

    replaySubscriber: (name: string, after: string, call: Call) =>
      askOne(writer.call, 'replay_subscriber', { name, after }, call),

    readSubscribers: (call: Call) => ask(reader.call, 'read_subscribers', {}, call),

    /** For how many seconds an open transaction has held back what was committed. */
    readHeldBack: async (call: Call): Promise<number> =>
      (await askOne(reader.call, 'read_held_back', {}, call)).seconds,

    readDeliveries: (name: string, call: Call) => ask(reader.call, 'read_deliveries', { name }, call),

    findDueSubscribers: (call: Call) => ask(reader.call, 'find_due_subscribers', {}, call),

    /** Its name is null when it was not due. */
    leaseSubscriber: (given: Arguments<'lease_subscriber'>, call: Call) =>
      askOne(writer.call, 'lease_subscriber', given, call),

    /** Whether the lease was still the deliverer's own. */
    recordDeliveries: async (given: Arguments<'record_deliveries'>, call: Call): Promise<boolean> =>
      (await askOne(writer.call, 'record_deliveries', given, call)).record_deliveries,
  };
}
