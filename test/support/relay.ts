import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sleep } from '../../lib/base/time';

/** What went through a relay, and what to do to it. */
export interface Relay {
  port: number;
  /** Messages of the service after which it waits for an answer. */
  roundTrips(): number;
  /** Cuts every connection, as a frozen container finds them. */
  cut(): void;
  /** Decides what happens to each piece that passes; undefined: nothing. */
  meddle(fault: ((direction: 'request' | 'reply') => Fault) | undefined): void;
  close(): Promise<void>;
}

/**
 * What befalls a piece of the stream: lost with its connection (closed, or reset), or late by so many
 * milliseconds.
 */
export type Fault = 'pass' | 'close' | 'reset' | number;

/** Message types Sync and Query (https://www.postgresql.org/docs/17/protocol-message-formats.html). */
const ASKING = new Set([...'SQ'].map((type) => type.charCodeAt(0)));

/** A TCP relay in front of a PostgreSQL that counts what is asked. */
export async function openRelay(host: string, port: number): Promise<Relay> {
  let roundTrips = 0;
  let fault: ((direction: 'request' | 'reply') => Fault) | undefined;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    const count = countMessages(ASKING, () => {
      roundTrips += 1;
    });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on('error', () => undefined);
    }
    const [forward, back] = [passTo(upstream), passTo(client)];
    client.on('data', (chunk) => {
      count(chunk);
      forward(chunk, fault?.('request') ?? 'pass');
    });
    upstream.on('data', (chunk) => back(chunk, fault?.('reply') ?? 'pass'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of open) {
      socket.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    roundTrips: () => roundTrips,
    cut,
    meddle: (wanted) => {
      fault = wanted;
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Pieces arrive in their order, as TCP has it: what comes behind a late one waits. */
function passTo(to: Socket): (chunk: Buffer, fault: Fault) => void {
  let arrived = Promise.resolve();
  return (chunk, fault) => {
    if (fault === 'close') {
      to.destroy();
    } else if (fault === 'reset') {
      to.resetAndDestroy();
    } else {
      arrived = arrived.then(async () => {
        if (fault !== 'pass') {
          await sleep(fault);
        }
        if (to.writable) {
          to.write(chunk);
        }
      });
    }
  };
}

/**
 * Counts messages of some types in the stream from a client: a byte of type (the first message has none),
 * four of length, the rest.
 */
function countMessages(types: Set<number>, found: () => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= typeBytes + 4 && pending.length >= typeBytes + pending.readUInt32BE(typeBytes)) {
      if (typeBytes === 1 && types.has(pending[0] ?? 0)) {
        found();
      }
      pending = pending.subarray(typeBytes + pending.readUInt32BE(typeBytes));
      typeBytes = 1;
    }
  };
}
