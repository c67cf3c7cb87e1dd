import { connect } from 'node:net';
import { monotonicMillis } from '../../lib/base/time';

export interface Outcome {
  /** Replies by status. */
  statuses: Record<number, number>;
  /** Milliseconds of the replies, sorted. */
  latencies: number[];
  /** Successful replies a second. */
  goodput: number;
}

/**
 * Closed loop: `clients` callers, each on a connection of its own, sending its next request when the last one
 * was answered, for `millis`. Speaks HTTP by hand, because on a machine that caller and service share, node's
 * own client costs as much as the service.
 */
export async function load(
  url: string,
  clients: number,
  millis: number,
  body: (client: number) => object,
): Promise<Outcome> {
  const { hostname, port, pathname } = new URL(url);
  const statuses: Record<number, number> = {};
  const latencies: number[] = [];
  const start = monotonicMillis();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const exchange = await openConnection(hostname, Number(port));
      while (monotonicMillis() - start < millis) {
        const sent = monotonicMillis();
        const text = JSON.stringify(body(client));
        const status = await exchange.send(
          `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        );
        latencies.push(monotonicMillis() - sent);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      exchange.close();
    }),
  );
  const seconds = (monotonicMillis() - start) / 1000;
  return { statuses, latencies: latencies.sort((a, b) => a - b), goodput: (statuses[201] ?? 0) / seconds };
}

export function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function openConnection(
  host: string,
  port: number,
): Promise<{ send(request: string): Promise<number>; close(): void }> {
  const socket = connect({ host, port, noDelay: true });
  let answered: (status: number) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const head = received.indexOf('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(received);
    if (head >= 0 && received.length >= head + 4 + Number(length?.[1] ?? 0)) {
      const status = Number(received.slice(9, 12));
      received = '';
      answered(status);
    }
  });
  socket.on('error', (error) => failed(error));
  socket.on('close', () => failed(new Error('the service closed the connection')));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    failed = reject;
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(request);
      }),
    close: () => {
      failed = () => undefined;
      socket.destroy();
    },
  };
}
