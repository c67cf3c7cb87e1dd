import { Agent, request } from 'node:http';
import { monotonicMillis } from '../../lib/base/time';

export interface Outcome {
  /** Replies by status. */
  statuses: Record<number, number>;
  /** Milliseconds of the replies, sorted. */
  latencies: number[];
  /** Successful replies a second. */
  goodput: number;
}

/** Closed loop: `clients` callers, each sending its next request when the last one was answered, for `millis`. */
export async function load(url: string, clients: number, millis: number, body: (client: number) => object): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const statuses: Record<number, number> = {};
  const latencies: number[] = [];
  const start = monotonicMillis();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (monotonicMillis() - start < millis) {
        const sent = monotonicMillis();
        const status = await post(url, agent, JSON.stringify(body(client)));
        latencies.push(monotonicMillis() - sent);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  const seconds = (monotonicMillis() - start) / 1000;
  agent.destroy();
  return { statuses, latencies: latencies.sort((a, b) => a - b), goodput: (statuses[201] ?? 0) / seconds };
}

export function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function post(url: string, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
      (reply) => {
        reply.resume();
        reply.once('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
