import { setTimeout as sleep } from 'node:timers/promises';
import type { EventsListQuery, WalletClient } from '../client/src/index.ts';
import { EXIT, exitCodeOf, explain } from './exit';

/** Milliseconds between two tries to reach a service that is away; each pause is twice the one before. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/**
 * Prints what was committed, a line of JSON for each event. With `follow` it goes on with what comes, also
 * after the service was away.
 */
export async function printEvents(
  client: WalletClient,
  { follow, ...asked }: EventsListQuery & { follow: boolean },
): Promise<void> {
  const query = { limit: 1_000, ...asked, ...(follow && { waitSeconds: 20 }) };
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    try {
      for await (const { events, nextCursor } of client.events.list(query).pages()) {
        process.stdout.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
        query.after = nextCursor;
        pause = FIRST_PAUSE;
      }
      return;
    } catch (error) {
      if (!follow || exitCodeOf(error) !== EXIT.later) {
        throw error;
      }
      if (pause === FIRST_PAUSE) {
        process.stderr.write(`${explain(error)}; waits for the service\n`);
      }
      await sleep(pause);
    }
  }
}
