import { type Failure, failureOfRequest, type Message, type Receiver } from '../app/receivers';
import type { WalletEvent } from '../contract/events';
import { playersOf } from './resources';

/** What became of an event. */
export interface Attempt {
  event: WalletEvent;
  failure: Failure | undefined;
}

/** Whose order an event keeps: its players'; '' of one that is about none. */
export function groupsOf(event: WalletEvent): [string, ...string[]] {
  const [first = '', ...others] = playersOf(event.data);
  return [first, ...others];
}

/** Sends events, many at a time, but those of one player one after the other; the first failure ends it. */
export class OrderedSending {
  delivered = 0;
  failed: Attempt | undefined;
  private readonly done: boolean[];
  private readonly messages: Message[];
  private attempts: Attempt[] = [];
  private next = 0;

  constructor(
    private readonly events: WalletEvent[],
    private readonly receiver: Receiver,
  ) {
    this.done = events.map(() => false);
    this.messages = events.map(messageOf);
  }

  get isDone(): boolean {
    return this.delivered === this.events.length;
  }

  /** The place up to which all was delivered. */
  doneBefore(cursor: string): string {
    const first = this.done.indexOf(false);
    return this.events[(first === -1 ? this.events.length : first) - 1]?.sequence ?? cursor;
  }

  takeAttempts(): Attempt[] {
    return this.attempts.splice(0);
  }

  /** `mayGoOn` is asked before each request. */
  async run(mayGoOn: () => boolean): Promise<void> {
    const busy = new Set<string>();
    const inFlight = new Set<Promise<void>>();
    while (this.next < this.events.length && this.failed === undefined && mayGoOn()) {
      const chunk = inFlight.size < this.receiver.requests ? this.takeIdle(busy) : [];
      if (chunk.length === 0) {
        await Promise.race(inFlight);
        continue;
      }
      const groups = chunk.flatMap((index) => groupsOf(this.events[index] as WalletEvent));
      const sent = this.send(chunk).then(() => {
        inFlight.delete(sent);
        for (const group of groups) {
          busy.delete(group);
        }
      });
      inFlight.add(sent);
    }
    await Promise.all(inFlight);
  }

  /**
   * The next events, as many as fit into a request, whose players have none on their way. Marks them busy.
   */
  private takeIdle(busy: Set<string>): number[] {
    const chunk: number[] = [];
    let bytes = 0;
    while (chunk.length < this.receiver.batch && this.next < this.events.length) {
      const groups = groupsOf(this.events[this.next] as WalletEvent);
      bytes += Buffer.byteLength(this.messages[this.next]?.body ?? '');
      if (groups.some((group) => busy.has(group)) || (chunk.length > 0 && bytes > this.receiver.bytes)) {
        break;
      }
      for (const group of groups) {
        busy.add(group);
      }
      chunk.push(this.next++);
    }
    return chunk;
  }

  private async send(chunk: number[]): Promise<void> {
    const events = chunk.map((index) => this.events[index] as WalletEvent);
    const messages = chunk.map((index) => this.messages[index] as Message);
    const failures = await this.receiver
      .send(messages)
      .catch((error) => chunk.map(() => failureOfRequest(error, chunk.length)));
    for (const [position, index] of chunk.entries()) {
      const attempt = { event: events[position] as WalletEvent, failure: failures[position] };
      this.attempts.push(attempt);
      if (attempt.failure === undefined) {
        this.done[index] = true;
        this.delivered += 1;
      } else if (this.failed === undefined || attempt.event.sequence < this.failed.event.sequence) {
        this.failed = attempt;
      }
    }
  }
}

function messageOf(event: WalletEvent): Message {
  const { id, type, source, time } = event;
  return { id, type, source, time, group: event.subject ?? type, body: JSON.stringify(event) };
}
