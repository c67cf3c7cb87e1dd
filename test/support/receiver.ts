import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver of webhooks got, in order: once for each time that it took one. */
export interface Received {
  id: string;
  subject: string | undefined;
  sequence: string;
}

/** Answers a request, or leaves it; whether it has taken the event. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => boolean | Promise<boolean>;

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** Each request, also those that were not taken. */
  requests: { headers: IncomingMessage['headers']; body: string }[];
  behave(behaviour: Behaviour): void;
  /** How many connections are open to it. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const take: Behaviour = (response) => {
  response.writeHead(204).end();
  return true;
};

/** A real server on loopback, which behaves as a test tells it. */
export async function openReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const requests: WebhookReceiver['requests'] = [];
  let behave = take;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    requests.push({ headers: request.headers, body });
    if (await behave(response, request)) {
      const { id, subject, sequence } = JSON.parse(body);
      received.push({ id, subject, sequence });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    received,
    requests,
    behave(behaviour) {
      behave = behaviour;
    },
    connections: () => new Promise((resolve) => server.getConnections((_, count) => resolve(count))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** In order per player, each event once or more: what is there twice has the same id. */
export function outOfOrder(received: Received[]): string[] {
  const last = new Map<string | undefined, string>();
  const seen = new Set<string>();
  return received.flatMap(({ id, subject, sequence }) => {
    const before = last.get(subject) ?? '';
    const wasSeen = seen.has(id);
    seen.add(id);
    if (!wasSeen && sequence < before) {
      return [`${subject}: ${sequence} came first after ${before}`];
    }
    last.set(subject, sequence > before ? sequence : before);
    return [];
  });
}
